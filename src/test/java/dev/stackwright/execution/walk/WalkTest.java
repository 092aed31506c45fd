package dev.stackwright.execution.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkTest {

    @Test
    void beginsWithWhatWaitsForNothing() {
        assertThat(Walk.of(graph("server -> port -> net", "volume")).ready())
                .containsExactlyInAnyOrder("net", "volume");
    }

    @Test
    void goesOnWhenEverythingBeforeIsFinished() {
        var walk = Walk.of(graph("attachment -> server", "attachment -> volume"));

        walk.begun("server").finished("server");
        assertThat(walk.ready()).containsExactly("volume");

        walk.begun("volume").finished("volume");
        assertThat(walk.ready()).containsExactly("attachment");
    }

    @Test
    void stopsBelowAFailedStepAndFinishesTheRest() {
        var walk = Walk.of(graph("server -> port -> net", "volume"));

        walk.finished("net").failed("port").finished("volume");

        assertThat(walk.ready()).isEmpty();
        assertThat(walk.skipped()).containsExactly("server");
        assertThat(walk.isOver()).isTrue();
    }

    @Test
    void runsWhatAlwaysRunsOnceAllBeforeItHasEnded() {
        var walk = Walk.of(graph("tidy -> server -> net"), List.of("tidy"));

        walk.begun("net").failed("net");

        assertThat(walk.skipped()).containsExactly("server");
        assertThat(walk.ready()).containsExactly("tidy");
        assertThat(walk.finished("tidy").isOver()).isTrue();
    }

    @Test
    void beginsNothingAfterAStopButWhatAlwaysRuns() {
        var walk = Walk.of(graph("tidy -> server -> net", "tidy -> volume"), List.of("tidy"));

        walk.begun("net").stop();

        assertThat(walk.ready()).isEmpty();
        assertThat(walk.finished("net").ready()).containsExactly("tidy");
        assertThat(walk.skipped()).containsExactlyInAnyOrder("server", "volume");
    }

    @Test
    void waitsForEveryOneOfSeveralFailuresBeforeItTidies() {
        var walk = Walk.of(graph("tidy -> a", "tidy -> b"), List.of("tidy"));

        assertThat(walk.failed("a").ready()).containsExactly("b");
        assertThat(walk.failed("b").ready()).containsExactly("tidy");
    }

    @Test
    void refusesACircleAndAStepThatIsNotThere() {
        assertThatThrownBy(() -> Walk.of(graph("a -> b -> a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Walk.of(Map.of("a", Set.of("b"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void walksAThousandStepsInTheirOrder() {
        var after = new LinkedHashMap<String, Set<String>>();
        for (int i = 0; i < 1000; i++) {
            after.put("s" + i, i == 0 ? Set.of() : Set.of("s" + (i - 1)));
        }
        var walk = Walk.of(after);
        int steps = 0;
        while (!walk.isOver()) {
            walk.finished(walk.ready().iterator().next());
            steps++;
        }
        assertThat(steps).isEqualTo(1000);
    }

    private static Map<String, Set<String>> graph(String... lines) {
        var after = new LinkedHashMap<String, Set<String>>();
        for (var line : lines) {
            var names = line.split(" -> ");
            for (int i = 0; i < names.length; i++) {
                var earlier = after.computeIfAbsent(names[i], _ -> new LinkedHashSet<>());
                if (i + 1 < names.length) {
                    earlier.add(names[i + 1]);
                }
            }
        }
        return after;
    }
}
