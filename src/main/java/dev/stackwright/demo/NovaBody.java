package dev.stackwright.demo;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How Nova checks what a caller sends. */
final class NovaBody {

    private static final int MOST_METADATA = 128;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 60;
    private static final int LONGEST_VALUE = 255;

    private NovaBody() {}

    static void metadata(JsonNode metadata) {
        for (Map.Entry<String, JsonNode> item : metadata.properties()) {
            JsonNode value = item.getValue();
            if (!item.getKey().matches("[a-zA-Z0-9-_:. ]{1,255}")) {
                throw invalid(
                        "metadata",
                        quoted(metadata),
                        "'"
                                + item.getKey()
                                + "' does not match any of the regexes:"
                                + " '^[a-zA-Z0-9-_:. ]{1,255}$'");
            }
            if (!value.isString()) {
                throw invalid(
                        item.getKey(), quoted(value), quoted(value) + " is not of type 'string'");
            }
            if (value.stringValue().length() > LONGEST_VALUE) {
                throw invalid(
                        item.getKey(),
                        value.stringValue(),
                        "'" + value.stringValue() + "' is too long");
            }
        }
    }

    static void fewEnough(JsonNode metadata) {
        if (metadata.size() > MOST_METADATA) {
            throw new Refusal(403, "Maximum number of metadata items exceeds " + MOST_METADATA);
        }
    }

    static void tag(String tag) {
        String why =
                tag.length() > LONGEST_TAG
                        ? "is too long"
                        : tag.matches("[^,/]*") ? "" : "does not match '^[^,/]*$'";
        if (!why.isEmpty()) {
            throw new Refusal(
                    400,
                    "Tag '"
                            + tag
                            + "' is invalid. It must be a non empty string without characters '/'"
                            + " and ','. Validation error message: '"
                            + tag
                            + "' "
                            + why);
        }
    }

    static void tags(JsonNode tags) {
        if (tags.size() > MOST_TAGS) {
            throw invalid("tags", quoted(tags), quoted(tags) + " is too long");
        }
        Json.texts(tags).forEach(NovaBody::tag);
    }

    static void oneOf(JsonNode asked, String field, List<String> known) {
        String value = Json.text(asked, field);
        if (!known.contains(value)) {
            throw invalid(
                    field,
                    value,
                    "'" + value + "' is not one of ['" + String.join("', '", known) + "']");
        }
    }

    private static String quoted(JsonNode value) {
        return value.toString().replace("\"", "'").replace("':'", "': '").replace("','", "', '");
    }

    static Refusal invalid(String field, String value, String why) {
        return new Refusal(
                400,
                "Invalid input for field/attribute " + field + ". Value: " + value + ". " + why);
    }
}
