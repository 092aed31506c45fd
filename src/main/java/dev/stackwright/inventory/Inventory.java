package dev.stackwright.inventory;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.Viewer;
import java.util.List;
import java.util.Optional;

/**
 * What is on the cloud, as last seen, for one viewer. Answers from the local database alone; what a
 * viewer may not see is not there.
 */
public interface Inventory {

    Page<ServerRow> servers(Viewer viewer, ServerQuery query);

    Optional<ServerDetail> server(Viewer viewer, String id);

    /** Those of these servers that the viewer may see. */
    List<ServerRow> servers(Viewer viewer, List<String> ids);

    /** The servers that name this thing, such as an image, by name. */
    List<ServerRow> serversOf(Viewer viewer, ObjectRef target, int most);

    /** How many servers of the viewer's project stand in each status. */
    List<StatusCount> serverCounts(Viewer viewer);

    /** The servers that became different after this revision, and the ids of those that went. */
    ServerChanges serversSince(Viewer viewer, long revision);

    Page<CloudObject> objects(Viewer viewer, Kind kind, ObjectQuery query);

    /** How many of a kind stand in each status, of what belongs into a list. */
    List<StatusCount> counts(Viewer viewer, Kind kind);

    /** The first thousand of a kind by name: enough for a picker. */
    List<CloudObject> objects(Viewer viewer, Kind kind);

    /** By id, else by a name that only one visible object has. */
    Optional<CloudObject> find(Viewer viewer, Kind kind, String idOrName);

    /** Those of these ids that the viewer may see. */
    List<CloudObject> findAll(Viewer viewer, Kind kind, List<String> ids);

    List<Flavor> flavors(Viewer viewer);

    List<Image> images(Viewer viewer);

    default List<CloudObject> volumes(Viewer viewer) {
        return objects(viewer, Kind.VOLUME);
    }

    default List<CloudObject> networks(Viewer viewer) {
        return objects(viewer, Kind.NETWORK);
    }

    default List<CloudObject> subnets(Viewer viewer) {
        return objects(viewer, Kind.SUBNET);
    }

    default List<CloudObject> ports(Viewer viewer) {
        return objects(viewer, Kind.PORT);
    }

    default List<CloudObject> routers(Viewer viewer) {
        return objects(viewer, Kind.ROUTER);
    }

    default List<CloudObject> floatingIps(Viewer viewer) {
        return objects(viewer, Kind.FLOATING_IP);
    }

    default List<CloudObject> securityGroups(Viewer viewer) {
        return objects(viewer, Kind.SECURITY_GROUP);
    }

    default List<CloudObject> keypairs(Viewer viewer) {
        return objects(viewer, Kind.KEYPAIR);
    }

    default List<CloudObject> volumeTypes(Viewer viewer) {
        return objects(viewer, Kind.VOLUME_TYPE);
    }

    default List<CloudObject> availabilityZones(Viewer viewer) {
        return objects(viewer, Kind.AVAILABILITY_ZONE);
    }

    /** Hypervisors; empty for anyone who is not an administrator. */
    default List<CloudObject> hosts(Viewer viewer) {
        return objects(viewer, Kind.HYPERVISOR);
    }

    /**
     * What the viewer may see that is called so, or has this id or address; a beginning is enough.
     *
     * @param most of each kind
     */
    List<Found> search(Viewer viewer, String text, int most);

    /** Who an object was that is gone: its name outlives it. */
    Optional<Tombstone> tombstone(Viewer viewer, Kind kind, String id);

    /** Limits of the viewer's project and what it uses of them; empty while not yet collected. */
    List<QuotaLine> quota(Viewer viewer);

    Freshness freshness(CloudName cloud);

    /** Grows whenever something changes that members of this project can see. */
    long revision(CloudName cloud, ProjectId project);

    /** Something was just done to this object: look at it soon. Returns at once. */
    void touch(CloudName cloud, Kind kind, String id);
}
