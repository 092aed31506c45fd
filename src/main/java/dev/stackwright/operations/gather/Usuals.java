package dev.stackwright.operations.gather;

import dev.stackwright.inventory.ServerAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long things take on a cloud: the middle one of those that went well lately. */
final class Usuals {

    private static final int ENOUGH = 3;
    private static final Map<String, String> ACTION_OF_TASK =
            Map.of(
                    "powering-off", "stop",
                    "powering-on", "start",
                    "rebooting", "reboot",
                    "reboot_started", "reboot",
                    "pausing", "pause",
                    "unpausing", "unpause",
                    "suspending", "suspend",
                    "resuming", "resume",
                    "migrating", "live-migration");

    private final Map<String, Duration> byAction = new HashMap<>();

    static Usuals of(List<ServerAction> actions) {
        var lengths = new HashMap<String, List<Duration>>();
        for (var action : actions) {
            length(action)
                    .ifPresent(took ->
                            lengths.computeIfAbsent(action.action(), _ -> new ArrayList<>())
                                    .add(took));
        }
        var usuals = new Usuals();
        lengths.forEach((action, all) -> {
            if (all.size() >= ENOUGH) {
                usuals.byAction.put(action, all.stream().sorted().toList().get(all.size() / 2));
            }
        });
        return usuals;
    }

    private static Optional<Duration> length(ServerAction action) {
        Instant end = null;
        for (var event : action.events()) {
            var finished = event.finished();
            if (finished == null || !"Success".equals(event.result())) {
                return Optional.empty();
            }
            end = end == null || finished.isAfter(end) ? finished : end;
        }
        return Optional.ofNullable(end).map(last -> Duration.between(action.started(), last));
    }

    @Nullable Duration of(String status, @Nullable String task) {
        if (status.equals("BUILD")) {
            return byAction.get("create");
        }
        return task == null ? null : byAction.get(ACTION_OF_TASK.getOrDefault(task, ""));
    }
}
