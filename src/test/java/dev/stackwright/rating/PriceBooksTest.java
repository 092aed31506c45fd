package dev.stackwright.rating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.rating.PriceBooks.Outcome;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.rating.store.PriceStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.springframework.jdbc.core.simple.JdbcClient;

class PriceBooksTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final List<Rule> RULES =
            List.of(
                    Rule.flat("vcpus", "0.0125"),
                    Rule.flat("volume.size", "1.5")
                            .by(Effect.RATE)
                            .when("volume_type", "fast")
                            .in("g"),
                    Rule.flat("volume.size", "0.9")
                            .by(Effect.RATE)
                            .from("", new BigDecimal("1000"))
                            .only("shop"));

    enum Kind {
        H2,
        POSTGRES;

        PriceBooks books() {
            return new PriceBooks(
                    new PriceStore(
                            JdbcClient.create(this == H2 ? Databases.h2() : Databases.postgres())),
                    new MovableClock(NOW));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOnlyAnnouncedCostsNothingYet(Kind kind) {
        var clock = new MovableClock(NOW);
        var books =
                new PriceBooks(
                        new PriceStore(
                                JdbcClient.create(
                                        kind == Kind.H2 ? Databases.h2() : Databases.postgres())),
                        clock);
        var rating = new StoredRating(books, Mockito.mock(UsageSource.class), clock);
        var alice =
                new Viewer(
                        NORTH, new ProjectId("shop"), new UserId("alice"), Set.of("member"), false);
        var draft = books.draft(NORTH, "ada");
        books.change(NORTH, 1, draft.revision(), "EUR", "", RULES, "ada");
        books.publish(NORTH, 1, 2, NOW.plusSeconds(3600), "ada");

        assertThat(rating.prices(alice)).isEmpty();
        assertThat(books.published(NORTH)).hasSize(1);

        clock.advance(Duration.ofHours(1));

        assertThat(rating.prices(alice)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void aPublishedVersionIsReadAsItWasWrittenAndNeverChangedAgain(Kind kind) {
        var books = kind.books();
        var draft = books.draft(NORTH, "ada");

        assertThat(books.change(NORTH, 1, draft.revision(), "EUR", "first", RULES, "ada"))
                .isEqualTo(Outcome.DONE);
        assertThat(books.published(NORTH)).isEmpty();
        assertThat(books.publish(NORTH, 1, 2, NOW.minusSeconds(60), "ada")).isEqualTo(Outcome.DONE);

        var held = books.at(NORTH, NOW).orElseThrow();
        assertThat(held.rules()).isEqualTo(RULES);
        assertThat(held.note()).isEqualTo("first");
        assertThat(books.at(NORTH, NOW.minusSeconds(61))).isEmpty();
        assertThat(books.change(NORTH, 1, 3, "EUR", "", List.of(), "ada"))
                .isEqualTo(Outcome.PUBLISHED);
        assertThat(books.publish(NORTH, 1, 3, NOW, "ada")).isEqualTo(Outcome.PUBLISHED);
        assertThat(books.discard(NORTH, 1)).isEqualTo(Outcome.PUBLISHED);
    }

    @ParameterizedTest
    @EnumSource
    void theNextDraftBeginsWithThePricesThatHold(Kind kind) {
        var books = kind.books();
        publish(books, NOW.minusSeconds(60), "EUR");

        var draft = books.draft(NORTH, "ada");

        assertThat(draft.number()).isEqualTo(2);
        assertThat(draft.rules()).isEqualTo(RULES);
        assertThat(books.discard(NORTH, 2)).isEqualTo(Outcome.DONE);
        assertThat(books.versions(NORTH)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoWhoChangeADraftTheSecondIsToldThatItMoved(Kind kind) {
        var books = kind.books();
        var draft = books.draft(NORTH, "ada");
        books.change(NORTH, 1, draft.revision(), "EUR", "hers", RULES, "ada");

        assertThat(books.change(NORTH, 1, draft.revision(), "EUR", "his", List.of(), "bob"))
                .isEqualTo(Outcome.STALE);
        assertThat(books.publish(NORTH, 1, draft.revision(), NOW, "bob")).isEqualTo(Outcome.STALE);
        assertThat(books.version(NORTH, 1).orElseThrow().note()).isEqualTo("hers");
    }

    @ParameterizedTest
    @EnumSource
    void currenciesAreNeverMixedAndTwoVersionsNeverBeginTogether(Kind kind) {
        var books = kind.books();
        publish(books, NOW, "EUR");
        var draft = books.draft(NORTH, "ada");
        books.change(NORTH, 2, draft.revision(), "USD", "", RULES, "ada");

        assertThat(books.publish(NORTH, 2, 2, NOW.plusSeconds(60), "ada"))
                .isEqualTo(Outcome.OTHER_CURRENCY);
        books.change(NORTH, 2, 2, "EUR", "", RULES, "ada");
        assertThat(books.publish(NORTH, 2, 3, NOW, "ada")).isEqualTo(Outcome.SAME_DAY);
        assertThat(books.change(NORTH, 2, 3, "XQQ", "", RULES, "ada"))
                .isEqualTo(Outcome.UNKNOWN_CURRENCY);
        assertThat(books.published(new CloudName("south"))).isEmpty();
    }

    private static void publish(PriceBooks books, Instant from, String currency) {
        var draft = books.draft(NORTH, "ada");
        books.change(NORTH, draft.number(), draft.revision(), currency, "", RULES, "ada");
        books.publish(NORTH, draft.number(), draft.revision() + 1, from, "ada");
        assertThat(Objects.requireNonNull(books.versions(NORTH).getFirst().validFrom()))
                .isEqualTo(from);
    }
}
