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
                    Map.entry("OS::Glance::WebImage", Kind.IMAGE),
                    Map.entry("OS::Glance::Image", Kind.IMAGE),
                    Map.entry("AWS::EC2::Instance", Kind.SERVER),
                    Map.entry("AWS::EC2::Volume", Kind.VOLUME),
                    Map.entry("AWS::EC2::SecurityGroup", Kind.SECURITY_GROUP));

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
                .map(kind -> href(visit, new ObjectRef(kind, id)));
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
