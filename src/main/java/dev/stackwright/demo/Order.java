package dev.stackwright.demo;

import static dev.stackwright.demo.Json.text;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** By what Cinder and Glance sort a list: {@code sort=key:dir}, or {@code sort_key} and so on. */
record Order(String key, String direction) {

    static Order asked(Call call) {
        @Nullable String key = call.query("sort_key");
        @Nullable String direction = call.query("sort_dir");
        String sort = call.query("sort");
        if (sort != null) {
            String[] parts = sort.split(",")[0].split(":");
            key = parts[0];
            direction = parts.length > 1 ? parts[1] : "desc";
        }
        return new Order(key == null ? "created_at" : key, direction == null ? "desc" : direction);
    }

    /** The directions that a caller may name. */
    static boolean isDirection(String direction) {
        return direction.equals("asc") || direction.equals("desc");
    }

    Comparator<ObjectNode> by(String field) {
        Comparator<ObjectNode> by =
                Comparator.comparing((ObjectNode each) -> text(each, field))
                        .thenComparing(each -> text(each, "created_at"))
                        .thenComparing(each -> text(each, "id"));
        return direction.equals("asc") ? by : by.reversed();
    }
}
