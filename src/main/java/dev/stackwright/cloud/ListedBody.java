package dev.stackwright.cloud;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer that holds a list, read entry by entry. Neutron gives all its ports in one answer: as a
 * tree ten thousand of them would fill the heap, one by one they are nothing.
 *
 * @param rest what stands beside the list, such as where the next page is
 * @param found whether there was a list
 * @param entries how many it had
 */
record ListedBody(JsonNode rest, boolean found, int entries) {

    /**
     * @param page gets the entries, to be walked once
     * @throws tools.jackson.core.JacksonException when it is not JSON; that may come while the
     *     entries are walked
     */
    static ListedBody read(
            JsonMapper json, byte[] body, String key, Consumer<Iterable<JsonNode>> page) {
        ObjectNode rest = json.createObjectNode();
        boolean found = false;
        int entries = 0;
        try (var parser = json.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new ListedBody(rest, false, 0);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                var begins = parser.nextToken();
                if (name.equals(key) && begins == JsonToken.START_ARRAY) {
                    var walk = new Entries(parser);
                    page.accept(() -> walk);
                    walk.forEachRemaining(_ -> {});
                    entries += walk.count;
                    found = true;
                } else {
                    rest.set(name, parser.<JsonNode>readValueAsTree());
                }
            }
        }
        return new ListedBody(rest, found, entries);
    }

    private static final class Entries implements Iterator<JsonNode> {

        private final JsonParser parser;
        private @Nullable JsonToken token;
        private int count;

        Entries(JsonParser parser) {
            this.parser = parser;
        }

        @Override
        public boolean hasNext() {
            if (token == null) {
                token = parser.nextToken();
            }
            return token != JsonToken.END_ARRAY;
        }

        @Override
        public JsonNode next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            token = null;
            count++;
            return parser.readValueAsTree();
        }
    }
}
