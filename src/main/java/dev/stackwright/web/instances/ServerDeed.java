package dev.stackwright.web.instances;

import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person can do to a server, and in which of its states. The states are Nova's own rules;
 * the contract with the cloud tries them.
 */
enum ServerDeed {
    START(Group.POWER, "SHUTOFF"),
    STOP(Group.POWER, "ACTIVE", "ERROR"),
    REBOOT(Group.POWER, "ACTIVE"),
    RESET(
            Group.POWER,
            "ACTIVE",
            "SHUTOFF",
            "ERROR",
            "PAUSED",
            "SUSPENDED",
            "REBOOT",
            "HARD_REBOOT"),
    CONSOLE(Group.POWER, "ACTIVE", "PAUSED", "RESCUE", "VERIFY_RESIZE", "SHUTOFF", "ERROR"),
    PAUSE(Group.REST, "ACTIVE"),
    UNPAUSE(Group.REST, "PAUSED"),
    SUSPEND(Group.REST, "ACTIVE"),
    RESUME(Group.REST, "SUSPENDED"),
    SHELVE(Group.REST, "ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"),
    UNSHELVE(Group.REST, "SHELVED", "SHELVED_OFFLOADED"),
    RESCUE(Group.REST, "ACTIVE", "SHUTOFF", "ERROR"),
    UNRESCUE(Group.REST, "RESCUE"),
    RESIZE(Group.CHANGE, "ACTIVE", "SHUTOFF"),
    CONFIRM_RESIZE(Group.CHANGE, "VERIFY_RESIZE"),
    REVERT_RESIZE(Group.CHANGE, "VERIFY_RESIZE"),
    REBUILD(Group.CHANGE, "ACTIVE", "SHUTOFF", "ERROR"),
    SNAPSHOT(Group.CHANGE, "ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"),
    METADATA(Group.CHANGE, "ACTIVE", "PAUSED", "SUSPENDED", "SHUTOFF"),
    TAGS(Group.CHANGE),
    LOCK(Group.CHANGE),
    UNLOCK(Group.CHANGE),
    ATTACH_VOLUME(
            Group.PARTS,
            "ACTIVE",
            "PAUSED",
            "SHUTOFF",
            "SUSPENDED",
            "VERIFY_RESIZE",
            "SHELVED",
            "SHELVED_OFFLOADED"),
    DETACH_VOLUME(
            Group.PARTS,
            "ACTIVE",
            "PAUSED",
            "SHUTOFF",
            "SUSPENDED",
            "VERIFY_RESIZE",
            "SHELVED",
            "SHELVED_OFFLOADED"),
    ATTACH_INTERFACE(Group.PARTS, "ACTIVE", "PAUSED", "SHUTOFF"),
    DETACH_INTERFACE(Group.PARTS, "ACTIVE", "PAUSED", "SHUTOFF"),
    ADD_GROUP(Group.PARTS, "ACTIVE", "PAUSED", "SHUTOFF", "SUSPENDED"),
    REMOVE_GROUP(Group.PARTS, "ACTIVE", "PAUSED", "SHUTOFF", "SUSPENDED"),
    MIGRATE(Group.ADMIN, "ACTIVE", "SHUTOFF"),
    LIVE_MIGRATE(Group.ADMIN, "ACTIVE", "PAUSED"),
    EVACUATE(Group.ADMIN, "ACTIVE", "SHUTOFF", "ERROR"),
    RESET_STATE(Group.ADMIN),
    DELETE(Group.END);

    /** The places of an address where one of those stands that ask something first. */
    static final String FORMS =
            "shelve|rescue|resize|rebuild|snapshot|metadata|tags|lock|attach-volume|detach-volume"
                    + "|attach-interface|detach-interface|add-group|remove-group|migrate"
                    + "|live-migrate|evacuate|reset-state";

    /** The places of an address where one of those stands that are done at once. */
    static final String PLAIN =
            "start|stop|reboot|reset|pause|unpause|suspend|resume|unshelve|unrescue"
                    + "|confirm-resize|revert-resize|unlock|delete";

    /** Under which heading a deed is offered. */
    enum Group {
        POWER,
        REST,
        CHANGE,
        PARTS,
        ADMIN,
        END
    }

    private static final List<String> FORM_PATHS = List.of(FORMS.split("\\|"));

    private final Group group;

    /** The states in which Nova takes it; empty for any. */
    private final List<String> states;

    ServerDeed(Group group, String... states) {
        this.group = group;
        this.states = List.of(states);
    }

    Group group() {
        return group;
    }

    /** The last part of its address. */
    String path() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ServerDeed> of(String path) {
        return Arrays.stream(values()).filter(deed -> deed.path().equals(path)).findFirst();
    }

    /** Whether something has to be said first, or to be thought over. */
    boolean asks() {
        return FORM_PATHS.contains(path());
    }

    /** Whether the instance, or what is on its disk, may be lost by it. */
    boolean isDangerous() {
        return this == DELETE || this == REBUILD || this == EVACUATE;
    }

    Words label() {
        return Words.of("instances.do." + path());
    }

    /** How the audit record calls it. */
    String action() {
        return "server." + path();
    }

    /** Who is not an administrator does not even see those. */
    boolean isOfferedTo(Visit visit) {
        return group != Group.ADMIN || visit.viewer().admin();
    }

    /** Why it cannot be done as things stand; null when it can. */
    @Nullable Words unable(Visit visit, ServerDetail server) {
        return unable(server.row(), server.locked(), visit.mayChange(), visit.viewer().admin());
    }

    @Nullable Words unable(ServerRow server, boolean locked, boolean mayChange, boolean admin) {
        if (!mayChange) {
            return Words.of("instances.cannot.reader");
        }
        if (group == Group.ADMIN && !admin) {
            return Words.of("instances.cannot.admin");
        }
        if (this == LOCK && locked) {
            return Words.of("instances.cannot.locked.already");
        }
        if (this == UNLOCK) {
            return locked ? null : Words.of("instances.cannot.unlocked");
        }
        if (locked && !admin && this != CONSOLE && this != TAGS) {
            return Words.of("instances.cannot.locked");
        }
        if (!states.isEmpty() && !states.contains(server.status())) {
            return Words.of(
                    "instances.cannot.state", anyOf(states), ServerStatuses.word(server.status()));
        }
        var task = server.task();
        if (task != null && waitsForTasks()) {
            return Words.of("instances.cannot.busy", task.replace('_', ' ').replace('-', ' '));
        }
        return null;
    }

    private boolean waitsForTasks() {
        return switch (this) {
            case DELETE, RESET, RESET_STATE, TAGS, LOCK, CONSOLE -> false;
            default -> true;
        };
    }

    private static Words anyOf(List<String> states) {
        // Shelved with its disk on a host or without: people know one word for both.
        var words =
                states.stream()
                        .filter(state -> !state.equals("SHELVED_OFFLOADED"))
                        .map(ServerStatuses::word)
                        .toList();
        var said = words.getFirst();
        for (var i = 1; i < words.size(); i++) {
            said =
                    Words.of(
                            i == words.size() - 1 ? "instances.or" : "instances.comma",
                            said,
                            words.get(i));
        }
        return said;
    }
}
