package dev.stackwright.operations;

import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.doctor.Subject;
import dev.stackwright.operations.store.VerdictStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What is wrong with a cloud, as last found; read from the database alone. Whoever may see an
 * instance may see what is wrong with it; what is wrong with the cloud is for administrators.
 */
@Component
public class Verdicts {

    private static final Duration LATE = Duration.ofMinutes(2);

    private final VerdictStore store;

    Verdicts(VerdictStore store) {
        this.store = store;
    }

    /** Of the servers of a list, which are the viewer's to see, by id. */
    public Map<String, KnownVerdict> ofServers(Viewer viewer, List<ServerRow> rows) {
        if (rows.isEmpty()) {
            return Map.of();
        }
        Set<String> ids = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        for (var row : rows) {
            ids.add(row.id());
            var host = row.host();
            if (host != null) {
                hosts.add(host);
            }
        }
        var byServer = new HashMap<String, KnownVerdict>();
        var byHost = new HashMap<String, KnownVerdict>();
        for (var known : store.ofServersAndHosts(viewer.cloud(), ids, hosts)) {
            var subject = known.verdict().subject();
            if (subject.kind() == Subject.Kind.SERVER) {
                byServer.put(subject.id(), known);
            } else {
                byHost.put(String.valueOf(subject.host()), known);
            }
        }
        var found = new HashMap<String, KnownVerdict>();
        for (var row : rows) {
            var own = byServer.get(row.id());
            var ofHost = row.host() == null ? null : byHost.get(row.host());
            if (own != null) {
                found.put(row.id(), own);
            } else if (ofHost != null) {
                found.put(row.id(), ofHost);
            }
        }
        return found;
    }

    public Optional<KnownVerdict> ofServer(Viewer viewer, ServerRow row) {
        return Optional.ofNullable(ofServers(viewer, List.of(row)).get(row.id()));
    }

    /** What is wrong with the viewer's project now. */
    public List<KnownVerdict> ofProject(Viewer viewer) {
        return store.ofProject(viewer.cloud(), viewer.project());
    }

    /** Everything that is wrong with the cloud now, causes first; for administrators. */
    public List<KnownVerdict> current(Viewer viewer) {
        if (!viewer.admin()) {
            return List.of();
        }
        var causes = new ArrayList<KnownVerdict>();
        var sufferers = new ArrayList<KnownVerdict>();
        var things = EnumSet.of(Subject.Kind.SERVER, Subject.Kind.VOLUME);
        for (var known : store.open(viewer.cloud())) {
            (things.contains(known.verdict().subject().kind()) ? sufferers : causes).add(known);
        }
        causes.addAll(sufferers);
        return causes;
    }

    /** Moves whenever something begins or ends that the viewer is told of. */
    public String mark(Viewer viewer) {
        return store.mark(viewer.cloud(), viewer.admin() ? null : viewer.project());
    }

    /** How many things of the cloud itself are wrong; asked for on each page. */
    public long count(Viewer viewer) {
        return viewer.admin() ? store.countOfMachinery(viewer.cloud()) : 0;
    }

    /** What is over, the newest first; for administrators. */
    public List<KnownVerdict> history(Viewer viewer, int most) {
        return viewer.admin() ? store.ended(viewer.cloud(), most) : List.of();
    }

    /** When the cloud was last examined; empty when it never was. */
    public Optional<Instant> examined(CloudName cloud) {
        return store.examined(cloud);
    }

    /** Whether nobody has examined the cloud for so long that what is known may not be so. */
    public boolean isLate(CloudName cloud, Instant now) {
        return examined(cloud).map(at -> at.plus(LATE).isBefore(now)).orElse(true);
    }
}
