package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Viewer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds objects by what people type. */
@Component
public class SearchStore {

    private final JdbcClient jdbc;

    public SearchStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The ids of some objects of a kind that have a term beginning so, those first of which it is
     * the whole; true for these. Who asks still has to look whether they may be seen.
     */
    public Map<String, Boolean> ids(Viewer viewer, Kind kind, String text, int most) {
        var asked = SearchText.asked(text);
        var scopes = Scopes.of(jdbc, viewer, kind);
        if (asked.isEmpty() || scopes.isEmpty()) {
            return Map.of();
        }
        var found = new LinkedHashMap<String, Boolean>();
        ids(viewer, kind, scopes, "t.term = :asked", asked, most)
                .forEach(id -> found.put(id, true));
        ids(viewer, kind, scopes, "t.term >= :asked and t.term < :end", asked, most)
                .forEach(id -> found.putIfAbsent(id, false));
        return found;
    }

    /** Joined to the scopes, each scope is one short walk along the index in either database. */
    private List<String> ids(
            Viewer viewer,
            Kind kind,
            List<String> scopes,
            String condition,
            String asked,
            int most) {
        var parameters = new HashMap<String, Object>();
        var values = new ArrayList<String>();
        for (var scope : scopes) {
            values.add("(cast(:s" + values.size() + " as varchar(300)))");
            parameters.put("s" + parameters.size(), scope);
        }
        return jdbc
                .sql(
                        """
                        select t.id from (values %s) as s (scope)
                        join search_term t on t.scope = s.scope
                        where t.cloud = :cloud and t.kind = :kind and %s
                        fetch first %d rows only
                        """
                                .formatted(
                                        String.join(", ", values),
                                        condition,
                                        // An object has several terms that may begin so.
                                        most * 4))
                .params(parameters)
                .param("cloud", viewer.cloud().value())
                .param("kind", kind.name())
                .param("asked", asked)
                .param("end", asked + Character.toString(Character.MAX_CODE_POINT - 2))
                .query((row, _) -> row.getString(1))
                .list()
                .stream()
                .map(id -> ObjectStore.known(kind, id))
                .distinct()
                .limit(most)
                .toList();
    }
}
