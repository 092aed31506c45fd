package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.stack.StackAction;
import dev.stackwright.stack.StackEvent;
import dev.stackwright.stack.StackProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Map<String, Set<String>> NEEDS =
            Map.of("port", Set.of("net", "group"), "server", Set.of("port"));

    private final List<StackEvent> events = new ArrayList<>();

    @Test
    void namesTheResourcesThatDecidedTheLength() {
        at(0, null, StackProgress.IN_PROGRESS);
        at(0, "net", StackProgress.IN_PROGRESS);
        at(0, "group", StackProgress.IN_PROGRESS);
        at(1, "group", StackProgress.COMPLETE);
        at(3, "net", StackProgress.COMPLETE);
        at(3, "port", StackProgress.IN_PROGRESS);
        at(4, "port", StackProgress.COMPLETE);
        at(4, "server", StackProgress.IN_PROGRESS);
        at(10, "server", StackProgress.COMPLETE);
        at(10, null, StackProgress.COMPLETE);

        var line = Timeline.of(events.reversed(), NEEDS, START.plusSeconds(99));

        assertThat(line.length()).hasSeconds(10);
        assertThat(line.path()).containsExactly("net", "port", "server");
        assertThat(line.bars())
                .extracting(Timeline.Bar::resource, Timeline.Bar::x, Timeline.Bar::width)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("server", 400, 600),
                        org.assertj.core.groups.Tuple.tuple("group", 0, 100));
        assertThat(line.bars()).filteredOn(Timeline.Bar::decides).hasSize(3);
    }

    @Test
    void showsTheLastRunOnlyAndWhatIsStillAtWork() {
        at(0, null, StackProgress.IN_PROGRESS);
        at(1, "net", StackProgress.COMPLETE);
        at(50, null, StackProgress.IN_PROGRESS);
        at(50, "server", StackProgress.IN_PROGRESS);

        var line = Timeline.of(events.reversed(), NEEDS, START.plusSeconds(54));

        assertThat(line.bars())
                .singleElement()
                .satisfies(bar -> {
                    assertThat(bar.css()).isEqualTo("busy");
                    assertThat(bar.took()).hasSeconds(4);
                });
    }

    @Test
    void whatIsReplacedDecidesWithItsOldAndItsNewOne() {
        at(0, null, StackProgress.IN_PROGRESS);
        at(0, "subnet", StackAction.CREATE, StackProgress.IN_PROGRESS);
        at(6, "subnet", StackAction.CREATE, StackProgress.COMPLETE);
        at(6, "interface", StackAction.DELETE, StackProgress.IN_PROGRESS);
        at(6, "port", StackAction.UPDATE, StackProgress.IN_PROGRESS);
        at(14, "port", StackAction.UPDATE, StackProgress.COMPLETE);
        at(25, "interface", StackAction.DELETE, StackProgress.COMPLETE);
        at(25, "interface", StackAction.CREATE, StackProgress.IN_PROGRESS);
        at(50, "interface", StackAction.CREATE, StackProgress.COMPLETE);
        at(51, "subnet", StackAction.DELETE, StackProgress.IN_PROGRESS);
        at(55, "subnet", StackAction.DELETE, StackProgress.COMPLETE);

        var needs = Map.of("interface", Set.of("subnet"), "port", Set.of("subnet"));
        var line = Timeline.of(events.reversed(), needs, START.plusSeconds(99));

        assertThat(line.path()).containsExactly("subnet", "interface", "subnet");
        assertThat(line.bars()).filteredOn(Timeline.Bar::decides).hasSize(4);
    }

    @Test
    void isEmptyWhereNothingHappened() {
        assertThat(Timeline.of(List.of(), NEEDS, START).bars()).isEmpty();
    }

    private void at(int second, @Nullable String resource, StackProgress progress) {
        at(second, resource, StackAction.CREATE, progress);
    }

    private void at(
            int second, @Nullable String resource, StackAction action, StackProgress progress) {
        events.add(
                new StackEvent(
                        new UUID(0, 1),
                        events.size() + 1,
                        START.plusSeconds(second),
                        resource,
                        null,
                        null,
                        action,
                        progress,
                        ""));
    }
}
