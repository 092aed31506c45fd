package dev.stackwright.web.instances;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How Nova is asked for a deed. */
final class ServerRequests {

    /** Old enough for every cloud that is still looked after; it has all that is asked here. */
    private static final String NOVA = "2.79";

    private static final JsonMapper JSON = new JsonMapper();

    private ServerRequests() {}

    /** {@code given} is what the deed's page asked for, by the names of its fields. */
    static Request of(ServerDeed deed, String server, Map<String, String> given) {
        return switch (deed) {
            case DELETE -> Request.delete(Service.COMPUTE, "/servers/{}", server);
            case CONSOLE -> console(server);
            case METADATA ->
                    Request.put(Service.COMPUTE, "/servers/{}/metadata", server)
                            .body(Map.of("metadata", pairs(given.getOrDefault("metadata", ""))));
            case TAGS ->
                    Request.put(Service.COMPUTE, "/servers/{}/tags", server)
                            .microversion(NOVA)
                            .body(Map.of("tags", tags(given.getOrDefault("tags", ""))));
            case ATTACH_VOLUME ->
                    Request.post(Service.COMPUTE, "/servers/{}/os-volume_attachments", server)
                            .body(
                                    Map.of(
                                            "volumeAttachment",
                                            Map.of("volumeId", text(given, "volume"))));
            case DETACH_VOLUME ->
                    Request.delete(
                            Service.COMPUTE,
                            "/servers/{}/os-volume_attachments/{}",
                            server,
                            text(given, "volume"));
            case ATTACH_INTERFACE ->
                    Request.post(Service.COMPUTE, "/servers/{}/os-interface", server)
                            .body(
                                    Map.of(
                                            "interfaceAttachment",
                                            Map.of("net_id", text(given, "network"))));
            case DETACH_INTERFACE ->
                    Request.delete(
                            Service.COMPUTE,
                            "/servers/{}/os-interface/{}",
                            server,
                            text(given, "port"));
            default ->
                    Request.post(Service.COMPUTE, "/servers/{}/action", server)
                            .microversion(NOVA)
                            .body(action(deed, given));
        };
    }

    private static Request console(String server) {
        return Request.post(Service.COMPUTE, "/servers/{}/remote-consoles", server)
                .microversion(NOVA)
                .body(Map.of("remote_console", Map.of("protocol", "vnc", "type", "novnc")));
    }

    private static ObjectNode action(ServerDeed deed, Map<String, String> given) {
        var body = JSON.createObjectNode();
        switch (deed) {
            case START -> body.putNull("os-start");
            case STOP -> body.putNull("os-stop");
            case REBOOT -> body.putObject("reboot").put("type", "SOFT");
            case RESET -> body.putObject("reboot").put("type", "HARD");
            case PAUSE, UNPAUSE, SUSPEND, RESUME, SHELVE, UNSHELVE, UNRESCUE, UNLOCK, MIGRATE ->
                    body.putNull(deed.path());
            case RESCUE -> body.putObject("rescue");
            case CONFIRM_RESIZE -> body.putNull("confirmResize");
            case REVERT_RESIZE -> body.putNull("revertResize");
            case RESIZE -> body.putObject("resize").put("flavorRef", text(given, "flavor"));
            case REBUILD -> body.putObject("rebuild").put("imageRef", text(given, "image"));
            case SNAPSHOT -> body.putObject("createImage").put("name", text(given, "name"));
            case LOCK -> {
                var lock = body.putObject("lock");
                if (!text(given, "reason").isEmpty()) {
                    lock.put("locked_reason", text(given, "reason"));
                }
            }
            case ADD_GROUP -> body.putObject("addSecurityGroup").put("name", text(given, "group"));
            case REMOVE_GROUP ->
                    body.putObject("removeSecurityGroup").put("name", text(given, "group"));
            case LIVE_MIGRATE ->
                    host(body.putObject("os-migrateLive"), given).put("block_migration", "auto");
            case EVACUATE -> {
                var evacuate = body.putObject("evacuate");
                if (!text(given, "host").isEmpty()) {
                    evacuate.put("host", text(given, "host"));
                }
            }
            case RESET_STATE -> body.putObject("os-resetState").put("state", text(given, "state"));
            default -> throw new IllegalStateException(deed + " is not an action of Nova's");
        }
        return body;
    }

    private static ObjectNode host(ObjectNode body, Map<String, String> given) {
        return text(given, "host").isEmpty()
                ? body.putNull("host")
                : body.put("host", text(given, "host"));
    }

    /** Lines such as {@code owner=shop}. */
    static Map<String, String> pairs(String lines) {
        var pairs = new TreeMap<String, String>();
        lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    var parts = line.split("=", 2);
                    pairs.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
                });
        return pairs;
    }

    static TreeSet<String> tags(String typed) {
        var tags = new TreeSet<String>();
        Arrays.stream(typed.split("[,\\s]+")).filter(tag -> !tag.isEmpty()).forEach(tags::add);
        return tags;
    }

    private static String text(Map<String, String> given, String name) {
        return given.getOrDefault(name, "").strip();
    }
}
