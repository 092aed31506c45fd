package dev.stackwright.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a plain action does.
 *
 * @param word Nova's word for it in a refusal
 * @param from the states in which it may begin
 * @param task the task state while it runs
 * @param event the name in the list of actions
 * @param told the name in notifications
 */
record ServerChange(
        String key,
        String policy,
        String word,
        Set<String> from,
        String task,
        String event,
        String told,
        double steps,
        String vmState,
        int power) {

    static final Map<String, ServerChange> CHANGES = new LinkedHashMap<>();

    static {
        change(
                "os-stop",
                "servers:stop",
                "stop",
                Set.of("active", "error"),
                "powering-off",
                "stop",
                "power_off",
                1,
                "stopped",
                4);
        change(
                "os-start",
                "servers:start",
                "start",
                Set.of("stopped"),
                "powering-on",
                "start",
                "power_on",
                1,
                "active",
                1);
        change(
                "pause",
                "os-pause-server:pause",
                "pause",
                Set.of("active"),
                "pausing",
                "pause",
                "pause",
                0.5,
                "paused",
                3);
        change(
                "unpause",
                "os-pause-server:unpause",
                "unpause",
                Set.of("paused"),
                "unpausing",
                "unpause",
                "unpause",
                0.5,
                "active",
                1);
        change(
                "suspend",
                "os-suspend-server:suspend",
                "suspend",
                Set.of("active"),
                "suspending",
                "suspend",
                "suspend",
                1,
                "suspended",
                7);
        change(
                "resume",
                "os-suspend-server:resume",
                "resume",
                Set.of("suspended"),
                "resuming",
                "resume",
                "resume",
                1,
                "active",
                1);
        change(
                "rescue",
                "os-rescue",
                "rescue",
                Set.of("active", "stopped", "error"),
                "rescuing",
                "rescue",
                "rescue",
                1,
                "rescued",
                1);
        change(
                "unrescue",
                "os-unrescue",
                "unrescue",
                Set.of("rescued"),
                "unrescuing",
                "unrescue",
                "unrescue",
                1,
                "active",
                1);
        change(
                "soft-reboot",
                "servers:reboot",
                "reboot",
                Set.of("active"),
                "rebooting",
                "reboot",
                "reboot",
                2,
                "active",
                1);
        change(
                "hard-reboot",
                "servers:reboot",
                "reboot",
                Set.of("active", "stopped", "paused", "suspended", "error"),
                "rebooting_hard",
                "reboot",
                "reboot",
                2,
                "active",
                1);
    }

    private static void change(
            String key,
            String policy,
            String word,
            Set<String> from,
            String task,
            String event,
            String told,
            double steps,
            String vmState,
            int power) {
        CHANGES.put(
                key,
                new ServerChange(
                        key, policy, word, from, task, event, told, steps, vmState, power));
    }
}
