package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The message bus of the demo cloud: wraps what the services say into oslo.messaging envelopes and
 * hands them to listeners.
 */
final class Bus {

    /**
     * Who asked for what is being told, when the service says so at all; Glance and Keystone never
     * do.
     */
    record Asker(
            String userId, String userName, String projectId, String requestId, boolean admin) {

        static Asker of(Call call) {
            Grant grant = call.grant();
            return new Asker(
                    grant.userId(),
                    grant.userName(),
                    grant.project(),
                    call.requestId(),
                    grant.admin());
        }
    }

    private static final int KEPT = 500;

    private final World world;
    private final List<DemoListener> listeners = new CopyOnWriteArrayList<>();
    private final Deque<DemoEnvelope> early = new ArrayDeque<>();

    Bus(World world) {
        this.world = world;
    }

    /**
     * From now on this listener hears everything; what was said before anybody listened comes
     * first.
     */
    void add(DemoListener listener) {
        listeners.add(listener);
        while (!early.isEmpty()) {
            listener.heard(early.removeFirst());
        }
    }

    void say(
            String exchange,
            String publisher,
            String event,
            JsonNode payload,
            @Nullable Asker asker) {
        say(exchange, publisher, event, "INFO", payload, asker);
    }

    void say(
            String exchange,
            String publisher,
            String event,
            String priority,
            JsonNode payload,
            @Nullable Asker asker) {
        DemoEnvelope envelope =
                envelope(
                        exchange,
                        publisher,
                        event,
                        priority,
                        payload,
                        asker,
                        world.now(),
                        world.newId());
        if (listeners.isEmpty()) {
            early.addLast(envelope);
            if (early.size() > KEPT) {
                early.removeFirst();
            }
            return;
        }
        listeners.forEach(listener -> listener.heard(envelope));
    }

    static DemoEnvelope envelope(
            String exchange,
            String publisher,
            String event,
            String priority,
            JsonNode payload,
            @Nullable Asker asker,
            Instant time,
            String messageId) {
        ObjectNode message =
                object(
                        "message_id", messageId,
                        "publisher_id", publisher,
                        "event_type", event,
                        "priority", priority,
                        "payload", payload,
                        "timestamp", World.stampWithSpace(time),
                        "_unique_id", messageId.replace("-", ""));
        if (asker != null) {
            message.put("_context_user", asker.userId())
                    .put("_context_user_id", asker.userId())
                    .put("_context_user_name", asker.userName())
                    .put("_context_project", asker.projectId())
                    .put("_context_project_id", asker.projectId())
                    .put("_context_tenant_id", asker.projectId())
                    .put("_context_request_id", asker.requestId())
                    .put("_context_is_admin", asker.admin())
                    .putNull("_context_auth_token");
        }
        ObjectNode envelope =
                object(
                        "oslo.version",
                        "2.0",
                        "oslo.message",
                        Json.MAPPER.writeValueAsString(message));
        return new DemoEnvelope(
                exchange,
                "notifications." + priority.toLowerCase(java.util.Locale.ROOT),
                time,
                Json.MAPPER.writeValueAsBytes(envelope));
    }
}
