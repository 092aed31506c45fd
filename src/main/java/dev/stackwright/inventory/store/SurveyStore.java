package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.inventory.Survey;
import dev.stackwright.inventory.store.Visibility.Look;
import dev.stackwright.kernel.Viewer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** Reads across all projects; the rule lets administrators alone do so. */
@Component
public class SurveyStore implements Survey {

    private static final int MOST_CARRIED = 1000;

    private final JdbcClient jdbc;

    public SurveyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<ServerRow> unsettled(Viewer viewer, int most) {
        return jdbc.sql(
                        """
                        select %s from server o
                        where o.cloud = :cloud and %s
                          and (o.task is not null
                               or o.status not in ('ACTIVE', 'PAUSED', 'SUSPENDED', 'SHELVED',
                                                   'SHELVED_OFFLOADED', 'VERIFY_RESIZE', 'RESCUE'))
                        order by o.created_at desc fetch first %d rows only
                        """
                                .formatted(Rows.SERVER, everything(viewer), most))
                .params(ServerStore.parameters(viewer))
                .query((row, number) -> Rows.server(row, number).row())
                .list();
    }

    @Override
    public List<ServerAction> recentActions(Viewer viewer, int servers) {
        return jdbc
                .sql(
                        """
                        select f.actions from server o
                        join server_facts f on f.cloud = o.cloud and f.id = o.id
                        where o.cloud = :cloud and %s and o.status = 'ACTIVE'
                          and f.actions is not null
                        order by o.created_at desc fetch first %d rows only
                        """
                                .formatted(everything(viewer), servers))
                .params(ServerStore.parameters(viewer))
                .query((row, _) ->
                        Rows.JSON.readValue(
                                row.getString(1), new TypeReference<List<ServerAction>>() {}))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<String> unread(Viewer viewer, int most) {
        return jdbc.sql(
                        """
                        select o.id from server o
                        join server_facts f on f.cloud = o.cloud and f.id = o.id
                        where o.cloud = :cloud and %s and o.status = 'ACTIVE'
                          and f.actions is null
                        order by o.created_at desc fetch first %d rows only
                        """
                                .formatted(everything(viewer), most))
                .params(ServerStore.parameters(viewer))
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public List<ServerRow> placed(Viewer viewer) {
        return jdbc.sql(
                        """
                        select %s from server o
                        where o.cloud = :cloud and %s and o.host is not null and o.host <> ''
                        order by o.host, o.id
                        """
                                .formatted(Rows.SERVER, everything(viewer)))
                .params(ServerStore.parameters(viewer))
                .query((row, number) -> Rows.server(row, number).row())
                .list();
    }

    @Override
    public Map<String, Carries> carries(Viewer viewer) {
        record Line(String host, Carries carries) {}
        var carries = new TreeMap<String, Carries>();
        jdbc.sql(
                        """
                        select o.host, count(*), count(distinct o.project_id),
                               sum(o.vcpus), sum(o.memory_mb), sum(o.disk_gb)
                        from server o
                        where o.cloud = :cloud and %s and o.host is not null and o.host <> ''
                        group by o.host
                        """
                                .formatted(everything(viewer)))
                .params(ServerStore.parameters(viewer))
                .query((row, _) ->
                        new Line(
                                row.getString(1),
                                new Carries(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getLong(6))))
                .list()
                .forEach(line -> carries.put(line.host(), line.carries()));
        return carries;
    }

    @Override
    public Carried carried(Viewer viewer, String host) {
        record Line(String project, String id) {}
        var lines =
                jdbc.sql(
                                """
                                select o.project_id, o.id from server o
                                where o.cloud = :cloud and %s and o.host = :host
                                order by o.project_id, o.id fetch first %d rows only
                                """
                                        .formatted(everything(viewer), MOST_CARRIED))
                        .params(ServerStore.parameters(viewer))
                        .param("host", Text.storable(host, 255))
                        .query((row, _) -> new Line(row.getString(1), row.getString(2)))
                        .list();
        var byProject = new TreeMap<String, Set<String>>();
        lines.forEach(line ->
                byProject.computeIfAbsent(line.project(), _ -> new HashSet<>()).add(line.id()));
        var carried = new ArrayList<Carried.OfProject>();
        byProject.forEach((project, ids) -> carried.add(new Carried.OfProject(project, ids)));
        return new Carried(lines.size(), carried);
    }

    private static String everything(Viewer viewer) {
        return Visibility.of(viewer, Kind.SERVER, Look.EVERYTHING);
    }
}
