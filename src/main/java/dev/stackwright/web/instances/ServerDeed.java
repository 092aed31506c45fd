package dev.stackwright.web.instances;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.web.frame.Words;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a person can do to a server, when, and how Nova is asked for it. */
enum ServerDeed {
    START(Set.of("SHUTOFF")),
    STOP(Set.of("ACTIVE", "ERROR")),
    REBOOT(Set.of("ACTIVE")),
    RESET(Set.of("ACTIVE", "SHUTOFF", "ERROR", "PAUSED", "SUSPENDED", "REBOOT", "HARD_REBOOT")),
    DELETE(Set.of());

    private static final JsonMapper JSON = new JsonMapper();

    /** The states in which Nova takes it; empty for any. */
    private final Set<String> states;

    ServerDeed(Set<String> states) {
        this.states = states;
    }

    /** The last part of its address. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ServerDeed> of(String path) {
        return Arrays.stream(values()).filter(deed -> deed.path().equals(path)).findFirst();
    }

    Words label() {
        return Words.of("instances.do." + path());
    }

    /** How the audit record calls it. */
    String action() {
        return "server." + path();
    }

    /** Why it cannot be done as things stand; null when it can. */
    @Nullable Words unable(ServerRow server, boolean locked, boolean mayChange) {
        if (!mayChange) {
            return Words.of("instances.cannot.reader");
        }
        if (locked) {
            return Words.of("instances.cannot.locked");
        }
        if (!states.isEmpty() && !states.contains(server.status())) {
            return Words.of("instances.cannot." + path(), ServerStatuses.word(server.status()));
        }
        return null;
    }

    Request request(String server) {
        if (this == DELETE) {
            return Request.delete(Service.COMPUTE, "/servers/{}", server);
        }
        var body = JSON.createObjectNode();
        switch (this) {
            case START -> body.putNull("os-start");
            case STOP -> body.putNull("os-stop");
            case REBOOT -> body.putObject("reboot").put("type", "SOFT");
            case RESET -> body.putObject("reboot").put("type", "HARD");
            case DELETE -> throw new IllegalStateException("has no body");
        }
        return Request.post(Service.COMPUTE, "/servers/{}/action", server).body(body);
    }
}
