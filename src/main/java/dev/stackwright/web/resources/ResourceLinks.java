package dev.stackwright.web.resources;

import dev.stackwright.inventory.Found;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.instances.ServerStatuses;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the page of a thing on the cloud is. */
public final class ResourceLinks {

    private static final String INTERFACE = "OS::Neutron::RouterInterface";

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry("OS::Nova::Server", Kind.SERVER),
                    Map.entry("OS::Nova::Flavor", Kind.FLAVOR),
                    Map.entry("OS::Nova::KeyPair", Kind.KEYPAIR),
                    Map.entry("OS::Nova::ServerGroup", Kind.SERVER_GROUP),
                    Map.entry("OS::Cinder::Volume", Kind.VOLUME),
                    Map.entry("OS::Cinder::VolumeType", Kind.VOLUME_TYPE),
                    Map.entry("OS::Neutron::Net", Kind.NETWORK),
                    Map.entry("OS::Neutron::ProviderNet", Kind.NETWORK),
                    Map.entry("OS::Neutron::Subnet", Kind.SUBNET),
                    Map.entry("OS::Neutron::Port", Kind.PORT),
                    Map.entry("OS::Neutron::Router", Kind.ROUTER),
                    Map.entry("OS::Neutron::FloatingIP", Kind.FLOATING_IP),
                    Map.entry("OS::Neutron::SecurityGroup", Kind.SECURITY_GROUP),
                    // What they are about is in their id.
                    Map.entry("OS::Cinder::VolumeAttachment", Kind.VOLUME),
                    Map.entry("OS::Nova::VolumeAttachment", Kind.VOLUME),
                    Map.entry("OS::Cinder::EncryptedVolumeType", Kind.VOLUME_TYPE),
                    Map.entry("OS::Neutron::FloatingIPAssociation", Kind.FLOATING_IP),
                    Map.entry(INTERFACE, Kind.ROUTER),
                    Map.entry("OS::Glance::WebImage", Kind.IMAGE),
                    Map.entry("OS::Glance::Image", Kind.IMAGE),
                    Map.entry("AWS::EC2::Instance", Kind.SERVER),
                    Map.entry("AWS::EC2::Volume", Kind.VOLUME),
                    Map.entry("AWS::EC2::SecurityGroup", Kind.SECURITY_GROUP));

    /** Those with an id of their own and no page, by what they say something about. */
    private static final Map<String, Kind> ABOUT =
            Map.of(
                    "OS::Neutron::SecurityGroupRule", Kind.SECURITY_GROUP,
                    "OS::Neutron::RouterGateway", Kind.ROUTER,
                    "OS::Neutron::ExtraRoute", Kind.ROUTER,
                    "OS::Neutron::ExtraRouteSet", Kind.ROUTER,
                    "OS::Neutron::FloatingIPPortForward", Kind.FLOATING_IP,
                    "OS::Neutron::Segment", Kind.NETWORK,
                    "OS::Neutron::Trunk", Kind.PORT);

    private ResourceLinks() {}

    public static String href(Visit visit, ObjectRef ref) {
        if (ref.kind() == Kind.SERVER) {
            return visit.path("instances", ref.id());
        }
        var panel = Panels.of(ref.kind());
        return panel.isMachinery()
                ? visit.adminPath(panel.path(), ref.id())
                : visit.path(panel.path(), ref.id());
    }

    /**
     * The page of what a stack made.
     *
     * @param type of the resource, such as {@code OS::Cinder::Volume}, or as audit records have it,
     *     such as {@code volume}
     * @param id as the cloud has it
     */
    public static Optional<String> href(Visit visit, String type, String id) {
        return Optional.ofNullable(KINDS.get(type))
                .or(() ->
                        Panels.ALL.stream()
                                .map(Panel::kind)
                                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(type))
                                .findFirst())
                .filter(_ -> !id.isEmpty())
                .map(kind -> href(visit, new ObjectRef(kind, whole(type, id))));
    }

    /**
     * The page of what a resource of a stack says something about.
     *
     * @param about the id of that
     */
    public static Optional<String> about(Visit visit, String type, String about) {
        return Optional.ofNullable(ABOUT.get(type))
                .map(kind -> href(visit, new ObjectRef(kind, about)));
    }

    /** A router's foot in a subnet is called {@code router:subnet_id=subnet}. */
    private static String whole(String type, String id) {
        int end = type.equals(INTERFACE) ? id.indexOf(':') : -1;
        return end < 0 ? id : id.substring(0, end);
    }

    /** Whether there are pages of this kind at all. */
    public static boolean hasPage(Kind kind) {
        return kind == Kind.SERVER || Panels.find(kind).isPresent();
    }

    /** What one of them is called: "Volume". */
    public static Words kind(Kind kind) {
        return kind == Kind.SERVER ? Words.of("search.instance") : Panels.of(kind).say("kind");
    }

    /** What all of them are called: "Volumes". */
    public static Words heading(Kind kind) {
        return kind == Kind.SERVER ? Words.of("instances.heading") : Panels.of(kind).say("heading");
    }

    public static String icon(Kind kind) {
        return kind == Kind.SERVER ? "server" : Panels.of(kind).icon();
    }

    /** How it stands, in a word; null for what has no status. */
    public static @Nullable Status status(Found found) {
        var kind = found.ref().kind();
        if (found.status().isEmpty()) {
            return null;
        }
        return kind == Kind.SERVER
                ? ServerStatuses.brief(found.status())
                : ObjectStatuses.of(kind, found.status());
    }

    /** The list of a kind. */
    public static String list(Visit visit, Kind kind) {
        if (kind == Kind.SERVER) {
            return visit.path("instances");
        }
        var panel = Panels.of(kind);
        return panel.isMachinery() ? visit.adminPath(panel.path()) : visit.path(panel.path());
    }
}
