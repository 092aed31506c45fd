package dev.stackwright.demo;

import static dev.stackwright.demo.Json.text;

import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page of a list, as every service cuts it: what follows the marker, at most so many.
 *
 * @param full there may be more behind it
 */
record Page(List<ObjectNode> items, boolean full) {

    /** {@code missing} is what the service says of a marker that is not in the list. */
    static Page of(
            List<ObjectNode> found,
            String key,
            @Nullable String marker,
            int limit,
            Function<String, Refusal> missing) {
        List<ObjectNode> rest = found;
        if (marker != null) {
            rest = found.subList(indexOf(found, key, marker, missing) + 1, found.size());
        }
        boolean full = limit > 0 && rest.size() >= limit;
        return new Page(rest.subList(0, Math.min(limit, rest.size())), full);
    }

    private static int indexOf(
            List<ObjectNode> found, String key, String marker, Function<String, Refusal> missing) {
        for (int i = 0; i < found.size(); i++) {
            if (text(found.get(i), key).equals(marker)) {
                return i;
            }
        }
        throw missing.apply(marker);
    }

    String last(String key) {
        return text(items.getLast(), key);
    }

    /** What the caller asked, with another marker. */
    static String next(Call call, String marker) {
        String others = query(call, Set.of("marker", "page_reverse"));
        return call.path() + "?" + others + (others.isEmpty() ? "" : "&") + "marker=" + marker;
    }

    /** What the caller asked, without the parameters of these names. */
    static String query(Call call, Set<String> without) {
        StringJoiner kept = new StringJoiner("&");
        for (String pair : call.rawQuery().split("&")) {
            if (!pair.isEmpty() && !without.contains(pair.split("=", 2)[0])) {
                kept.add(pair);
            }
        }
        return kept.toString();
    }
}
