package dev.stackwright.stack.resource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a signal to a wait condition's handle says: a JSON object, as Heat and Amazon have it. Pure.
 */
public final class SignalBody {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_REASON = 1000;

    /** How a handle's signals are written. */
    private enum Form {
        HEAT("status", "reason", "data", "id"),
        AMAZON("Status", "Reason", "Data", "UniqueId");

        private final String status;
        private final String reason;
        private final String data;
        private final String id;

        Form(String status, String reason, String data, String id) {
            this.status = status;
            this.reason = reason;
            this.data = data;
            this.id = id;
        }

        Set<String> keys() {
            return Set.of(status, reason, data, id);
        }
    }

    /** It says something else, in a sentence for whoever sent it. */
    public static final class NotUnderstood extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotUnderstood(String sentence) {
            super(sentence);
        }

        public String sentence() {
            return String.valueOf(getMessage());
        }
    }

    private SignalBody() {}

    /**
     * @param type of the handle
     * @param place of the signal among those of its handle, from 1
     */
    public static Signal read(String type, String body, int place) {
        var form = type.startsWith("AWS::") ? Form.AMAZON : Form.HEAT;
        var object = object(body, form);
        var unknown = new TreeSet<>(object.propertyNames());
        unknown.removeAll(form.keys());
        if (!unknown.isEmpty()) {
            throw new NotUnderstood(
                    "A signal has no %s. It may have: %s"
                            .formatted(String.join(", ", unknown), keys(form)));
        }
        if (form == Form.AMAZON && object.size() < form.keys().size()) {
            throw new NotUnderstood("A signal to this handle has all of: " + keys(form));
        }
        var status = text(object.get(form.status), "SUCCESS");
        if (!List.of("SUCCESS", "FAILURE").contains(status)) {
            throw new NotUnderstood("A signal's %s is SUCCESS or FAILURE".formatted(form.status));
        }
        var id = text(object.get(form.id), Integer.toString(place));
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw new NotUnderstood(
                    "A signal's %s has 1 to %d characters".formatted(form.id, LONGEST_ID));
        }
        var reason = text(object.get(form.reason), "Signal %d received".formatted(place));
        var data = object.get(form.data);
        return new Signal(
                id,
                status.equals("SUCCESS"),
                reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason,
                data == null ? JsonNodeFactory.instance.nullNode() : data);
    }

    private static String keys(Form form) {
        return form.keys().stream().sorted().collect(Collectors.joining(", "));
    }

    private static ObjectNode object(String body, Form form) {
        if (body.isBlank() && form == Form.HEAT) {
            return JSON.createObjectNode();
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Said below, for whatever is no object.
        }
        throw new NotUnderstood("A signal is a JSON object with: " + keys(form));
    }

    private static String text(@Nullable JsonNode node, String otherwise) {
        if (node == null || node.isNull()) {
            return otherwise;
        }
        return node.isValueNode() ? node.asString() : node.toString();
    }
}
