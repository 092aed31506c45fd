package dev.stackwright.inventory.store;

import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Viewer;

/**
 * Who sees what: the one rule, as a condition of every query on behalf of a person. The collector
 * fills the tables with an account that sees all, so nothing but this stands between projects.
 *
 * <p>It follows what each service lists for a token of the viewer's project: Nova its servers,
 * flavors and keypairs (which belong to a user, whatever the project), Neutron its networks and
 * what RBAC shares, Glance its images with members, Cinder its volumes and types. A live test
 * compares.
 *
 * <p>Parameters are named {@code :cloud}, {@code :project} and {@code :viewer}; the table is {@code
 * o}.
 */
final class Visibility {

    /** How wide a look is. */
    enum Look {
        /** What belongs into a list. */
        LIST,
        /** What may be found by its id, such as a community image. */
        FIND,
        /** Every project, for administrators' pages. */
        EVERYTHING
    }

    private static final String NOTHING = "1 = 0";
    private static final String ALL = "1 = 1";
    private static final String OWN = "o.project_id = :project";
    private static final String LET_IN = letIn("o.kind", "o.id", "");
    private static final String ON_OWN_NETWORK =
            """
            exists (select 1 from cloud_object n
                    where n.cloud = o.cloud and n.kind = 'NETWORK' and n.id = o.network_id
                      and n.project_id = :project)
            """;

    private Visibility() {}

    static String of(Viewer viewer, Kind kind, Look look) {
        if (look == Look.EVERYTHING) {
            return viewer.admin() ? ALL : NOTHING;
        }
        return switch (kind) {
            case SERVER, VOLUME, VOLUME_SNAPSHOT, ROUTER, FLOATING_IP, SERVER_GROUP -> OWN;
            case PORT -> "(" + OWN + " or " + ON_OWN_NETWORK + ")";
            case NETWORK, SECURITY_GROUP -> "(" + OWN + " or " + LET_IN + ")";
            case SUBNET ->
                    "(%s or %s or %s)"
                            .formatted(
                                    OWN,
                                    ON_OWN_NETWORK,
                                    letIn("'NETWORK'", "o.network_id", "access_as_shared"));
            case IMAGE ->
                    look == Look.FIND
                            ? "("
                                    + OWN
                                    + " or o.audience in ('PUBLIC', 'COMMUNITY') or "
                                    + LET_IN
                                    + ")"
                            : "("
                                    + OWN
                                    + " or o.audience = 'PUBLIC' or "
                                    + LET_IN
                                    + ") and o.hidden = false";
            case FLAVOR, VOLUME_TYPE -> "(o.audience = 'PUBLIC' or " + LET_IN + ")";
            case KEYPAIR -> "o.owner_user = :viewer";
            case AVAILABILITY_ZONE -> ALL;
            case PROJECT -> viewer.admin() ? ALL : "o.id = :project";
            case HYPERVISOR, COMPUTE_SERVICE, NETWORK_AGENT, VOLUME_SERVICE ->
                    viewer.admin() ? ALL : NOTHING;
        };
    }

    /** Whether a project's list of these has its own and nothing else. */
    static boolean isOwn(Kind kind) {
        return switch (kind) {
            case SERVER, VOLUME, VOLUME_SNAPSHOT, ROUTER, FLOATING_IP, SERVER_GROUP -> true;
            default -> false;
        };
    }

    private static String letIn(String kind, String id, String means) {
        return """
        exists (select 1 from cloud_access a
                where a.cloud = o.cloud and a.kind = %s and a.id = %s
                  and a.project_id in (:project, '*')%s)
        """
                .formatted(kind, id, means.isEmpty() ? "" : " and a.means = '" + means + "'");
    }
}
