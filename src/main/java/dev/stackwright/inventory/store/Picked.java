package dev.stackwright.inventory.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids as a table to join with. H2 uses an index for {@code in (…)} on its first column alone and
 * would read everything of a kind; joined, either database looks each of them up.
 */
record Picked(String values, Map<String, Object> parameters) {

    static Picked of(List<String> ids) {
        var rows = new ArrayList<String>();
        var parameters = new HashMap<String, Object>();
        for (var id : ids.stream().distinct().toList()) {
            parameters.put("k" + rows.size(), id);
            rows.add("(cast(:k" + rows.size() + " as varchar(512)))");
        }
        return new Picked(
                "(values " + String.join(", ", rows) + ") as k (id)", Map.copyOf(parameters));
    }

    /** What the query reads from: the table as {@code o}, of the picked ids alone. */
    String from(String table) {
        return values + " join " + table + " o on o.id = k.id";
    }
}
