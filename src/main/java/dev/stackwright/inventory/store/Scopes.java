package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.store.ObjectRecord.Audience;
import dev.stackwright.kernel.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Under which names the terms of an object are filed, and which of them a viewer looks under. It
 * narrows a search down to what may be seen; {@link Visibility} still decides what is.
 */
final class Scopes {

    private static final String EVERYBODY = "*";
    private static final String ADMINISTRATORS = "admin";
    private static final int MOST = 1000;

    private Scopes() {}

    static Set<String> of(ObjectRecord object) {
        var scopes = new LinkedHashSet<String>();
        if (object.kind().isMachinery()) {
            scopes.add(ADMINISTRATORS);
            return scopes;
        }
        if (object.ownerUser() != null) {
            scopes.add(user(object.ownerUser()));
        }
        if (object.project() != null) {
            scopes.add(object.project());
        }
        if (object.audience() == Audience.PUBLIC && !object.hidden()) {
            scopes.add(EVERYBODY);
        }
        switch (object.kind()) {
            case NETWORK, SECURITY_GROUP, IMAGE, FLAVOR, VOLUME_TYPE -> {
                if (object.audience() == Audience.PRIVATE) {
                    scopes.add(letIn(object.id()));
                }
            }
            case SUBNET, PORT -> {
                if (object.networkId() != null) {
                    scopes.add(on(object.networkId()));
                }
            }
            default -> {
                // Its own project's alone.
            }
        }
        return scopes;
    }

    /** Where this viewer looks for objects of a kind. */
    static List<String> of(JdbcClient jdbc, Viewer viewer, Kind kind) {
        var scopes = new ArrayList<String>();
        switch (kind) {
            case PROJECT, HYPERVISOR, COMPUTE_SERVICE, NETWORK_AGENT, VOLUME_SERVICE -> {
                if (viewer.admin()) {
                    scopes.add(ADMINISTRATORS);
                }
            }
            case KEYPAIR -> scopes.add(user(viewer.user().value()));
            case AVAILABILITY_ZONE -> scopes.add(EVERYBODY);
            case SERVER, VOLUME, VOLUME_SNAPSHOT, ROUTER, FLOATING_IP, SERVER_GROUP ->
                    scopes.add(viewer.project().value());
            case NETWORK, SECURITY_GROUP, IMAGE, FLAVOR, VOLUME_TYPE -> {
                scopes.add(viewer.project().value());
                scopes.add(EVERYBODY);
                letIn(jdbc, viewer, kind, "").forEach(id -> scopes.add(letIn(id)));
            }
            case SUBNET -> {
                scopes.add(viewer.project().value());
                ownNetworks(jdbc, viewer).forEach(id -> scopes.add(on(id)));
                letIn(jdbc, viewer, Kind.NETWORK, " and means = 'access_as_shared'")
                        .forEach(id -> scopes.add(on(id)));
            }
            case PORT -> {
                scopes.add(viewer.project().value());
                ownNetworks(jdbc, viewer).forEach(id -> scopes.add(on(id)));
            }
        }
        return scopes;
    }

    private static List<String> letIn(JdbcClient jdbc, Viewer viewer, Kind kind, String means) {
        return jdbc.sql(
                        """
                        select distinct id from cloud_access
                        where cloud = :cloud and project_id in (:project, '*') and kind = :kind%s
                        fetch first %d rows only
                        """
                                .formatted(means, MOST))
                .params(ServerStore.parameters(viewer))
                .param("kind", kind.name())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static List<String> ownNetworks(JdbcClient jdbc, Viewer viewer) {
        return jdbc.sql(
                        """
                        select id from cloud_object
                        where cloud = :cloud and kind = 'NETWORK' and project_id = :project
                        fetch first %d rows only
                        """
                                .formatted(MOST))
                .params(ServerStore.parameters(viewer))
                .query((row, _) -> row.getString(1))
                .list();
    }

    private static String user(String id) {
        return Text.storable("user " + id, 300);
    }

    private static String letIn(String id) {
        return Text.storable("let in " + id, 300);
    }

    private static String on(String network) {
        return "on " + network;
    }
}
