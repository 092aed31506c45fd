package dev.stackwright.web.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.web.plan.TextDiff.Kind;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {

    @Test
    void marksTheWordsThatDifferWithinALine() {
        var diff = TextDiff.of("zone: north-1a\n", "zone: north-1b\n", false);

        assertThat(diff.rows()).hasSize(1);
        assertThat(diff.rows().getFirst().after())
                .containsExactly(
                        new TextDiff.Piece("zone: north-", false), new TextDiff.Piece("1b", true));
        assertThat(diff.added()).isOne();
        assertThat(diff.removed()).isOne();
    }

    @Test
    void foldsWhatIsAlikeAndFarAway() {
        var lines = IntStream.range(0, 50).mapToObj(i -> "line " + i).toList();
        var before = String.join("\n", lines);

        var diff = TextDiff.of(before, before.replace("line 25\n", "another\n"), false);

        assertThat(diff.rows())
                .extracting(TextDiff.Row::kind)
                .startsWith(Kind.FOLD)
                .endsWith(Kind.FOLD);
        assertThat(diff.rows().getFirst().hidden()).isEqualTo(22);
        assertThat(TextDiff.of(before, before + "\nmore", true).rows()).hasSize(51);
    }

    @Test
    void standsOneBelowTheOtherWithAllThatWasFirst() {
        var diff = TextDiff.of("a 1\nb 1\n", "a 2\nb 2\n", false);

        assertThat(diff.unified())
                .extracting(TextDiff.Row::kind)
                .containsExactly(Kind.REMOVED, Kind.REMOVED, Kind.ADDED, Kind.ADDED);
    }

    @Test
    void knowsWhenNothingDiffers() {
        assertThat(TextDiff.of("same\n", "same\n", false).isEmpty()).isTrue();
        assertThat(TextDiff.of("", "", false).isEmpty()).isTrue();
    }

    @Test
    void doesNotDespairOfTwoLongTextsThatHaveNothingInCommon() {
        var before = numbers(0, 8_000);
        var after = numbers(8_000, 16_000);

        assertThat(TextDiff.of(before, after, false).added()).isEqualTo(8_000);
    }

    private static String numbers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void ofALongTextTheFirstPartIsThereAtOnceAndTheRestOnRequest() {
        var before = text("old", 5000);
        var after = text("new", 5000);
        var start = System.nanoTime();

        var diff = TextDiff.of(before, after, false);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(diff.rows()).hasSize(500);
        assertThat(diff.more()).isEqualTo(4500);
        assertThat(TextDiff.of(before, after, true).more()).isZero();
    }

    @Test
    void everyLineHasAnAddressOfItsOwn() {
        var diff = TextDiff.of("a\nb\nc\n", "a\nx\n", true);

        assertThat(diff.unified().stream().map(TextDiff.Row::id))
                .containsExactly("line-1", "was-2", "line-2", "was-3");
    }

    private static String text(String word, int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> "line %d %s".formatted(i, word))
                .collect(Collectors.joining("\n"));
    }
}
