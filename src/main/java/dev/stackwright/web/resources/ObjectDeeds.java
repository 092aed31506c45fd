package dev.stackwright.web.resources;

import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectQuery;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ObjectDeed.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Everything that can be done to things that are no servers. */
final class ObjectDeeds {

    /** What stands in the address; the first is there for every kind that has any. */
    static final String PATHS =
            "delete|attach|detach|extend|snapshot|associate|disassociate|add-rule|remove-rule";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CHOICES = 200;

    private static final List<ObjectDeed> ALL =
            List.of(
                    createVolume(),
                    attach(),
                    detach(),
                    extend(),
                    snapshot(),
                    deleteVolume(),
                    deleteSnapshot(),
                    allocate(),
                    associate(),
                    disassociate(),
                    release(),
                    createKeypair(),
                    deleteKeypair(),
                    createGroup(),
                    addRule(),
                    removeRule(),
                    deleteGroup(),
                    deleteImage());

    private ObjectDeeds() {}

    /** What can be done to one of them. */
    static List<ObjectDeed> of(Kind kind) {
        return ALL.stream()
                .filter(deed -> deed.kind() == kind && !deed.makes())
                // A rule is removed where it stands.
                .filter(deed -> !deed.path().equals("remove-rule"))
                .toList();
    }

    static Optional<ObjectDeed> find(Kind kind, String path) {
        return ALL.stream()
                .filter(deed -> deed.kind() == kind && deed.path().equals(path))
                .findFirst();
    }

    /** How one is made. */
    static Optional<ObjectDeed> making(Kind kind) {
        return find(kind, "create");
    }

    private static ObjectDeed createVolume() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "create",
                        (_, typed) -> {
                            var body = JSON.createObjectNode();
                            var volume = body.putObject("volume");
                            volume.put("name", text(typed, "name"))
                                    .put("size", Integer.parseInt(text(typed, "size")));
                            chosen(typed, "type")
                                    .ifPresent(type -> volume.put("volume_type", type));
                            chosen(typed, "image")
                                    .ifPresent(image -> volume.put("imageRef", image));
                            return Request.post(Service.VOLUME, "/volumes").body(body);
                        })
                .form((where, _) ->
                        List.of(
                                name("data"),
                                Field.number("size", Words.of("resources.form.gigabytes"))
                                        .required()
                                        .example("10"),
                                select(
                                        "type",
                                        "resources.type",
                                        "resources.form.usual",
                                        options(
                                                where,
                                                Kind.VOLUME_TYPE,
                                                type -> !type.name().startsWith("__"),
                                                true)),
                                select(
                                        "image",
                                        "resources.image",
                                        "resources.form.blank",
                                        options(
                                                where,
                                                Kind.IMAGE,
                                                image -> image.status().equals("ACTIVE"),
                                                false))));
    }

    private static ObjectDeed attach() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "attach",
                        (volume, typed) -> {
                            var body = JSON.createObjectNode();
                            body.putObject("volumeAttachment").put("volumeId", volume.id());
                            return Request.post(
                                            Service.COMPUTE,
                                            "/servers/{}/os-volume_attachments",
                                            text(typed, "server"))
                                    .body(body);
                        })
                .when((where, volume) -> {
                    var wrong = only(volume, "attach", "AVAILABLE");
                    return wrong == null && firstServers(where, 1).isEmpty()
                            ? Words.of("resources.cannot.attach.none")
                            : wrong;
                })
                .form((where, _) ->
                        List.of(
                                select(
                                                "server",
                                                "resources.form.instance",
                                                "resources.form.choose",
                                                servers(where))
                                        .required()))
                .touching((_, typed) -> List.of(server(text(typed, "server"))));
    }

    private static ObjectDeed detach() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "detach",
                        (volume, _) ->
                                Request.delete(
                                        Service.COMPUTE,
                                        "/servers/{}/os-volume_attachments/{}",
                                        serverOf(volume),
                                        volume.id()))
                .dangerous()
                .when((_, volume) -> only(volume, "detach", "IN-USE"))
                .touching((volume, _) -> List.of(server(serverOf(volume))));
    }

    private static String serverOf(CloudObject volume) {
        return volume.facts().path("attachments").path(0).path("server_id").asString("");
    }

    private static ObjectDeed extend() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "extend",
                        (volume, typed) -> {
                            var body = JSON.createObjectNode();
                            body.putObject("os-extend")
                                    .put("new_size", Integer.parseInt(text(typed, "size")));
                            return Request.post(Service.VOLUME, "/volumes/{}/action", volume.id())
                                    .body(body);
                        })
                .when((_, volume) -> only(volume, "extend", "AVAILABLE"))
                .form((_, volume) ->
                        List.of(
                                Field.number("size", Words.of("resources.form.newsize"))
                                        .required()
                                        .value(
                                                String.valueOf(
                                                        volume.facts().path("size").asLong(0)
                                                                + 1))));
    }

    private static ObjectDeed snapshot() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "snapshot",
                        (volume, typed) -> {
                            var body = JSON.createObjectNode();
                            body.putObject("snapshot")
                                    .put("volume_id", volume.id())
                                    .put("name", text(typed, "name"))
                                    .put("force", true);
                            return Request.post(Service.VOLUME, "/snapshots").body(body);
                        })
                .when((_, volume) -> only(volume, "snapshot", "AVAILABLE", "IN-USE"))
                .form((_, volume) -> List.of(name(volume.label() + "-1")));
    }

    private static ObjectDeed deleteVolume() {
        return ObjectDeed.of(
                        Kind.VOLUME,
                        "delete",
                        (volume, _) -> Request.delete(Service.VOLUME, "/volumes/{}", volume.id()))
                .dangerous()
                .when((where, volume) -> {
                    var snapshots =
                            where.inventory()
                                    .objects(
                                            where.visit().viewer(),
                                            Kind.VOLUME_SNAPSHOT,
                                            ObjectQuery.FIRST.withSize(1).of(volume.ref()));
                    return snapshots.isEmpty()
                            ? only(volume, "delete", "AVAILABLE", "ERROR", "ERROR_DELETING")
                            : Words.of("resources.cannot.snapshots");
                });
    }

    private static ObjectDeed deleteSnapshot() {
        return ObjectDeed.of(
                        Kind.VOLUME_SNAPSHOT,
                        "delete",
                        (snapshot, _) ->
                                Request.delete(Service.VOLUME, "/snapshots/{}", snapshot.id()))
                .dangerous()
                .when((_, snapshot) -> only(snapshot, "delete", "AVAILABLE", "ERROR"));
    }

    private static ObjectDeed allocate() {
        return ObjectDeed.of(
                        Kind.FLOATING_IP,
                        "create",
                        (_, typed) -> {
                            var body = JSON.createObjectNode();
                            body.putObject("floatingip")
                                    .put("floating_network_id", text(typed, "network"));
                            return Request.post(Service.NETWORK, "/floatingips").body(body);
                        })
                .form((where, _) ->
                        List.of(
                                select(
                                                "network",
                                                "resources.network",
                                                "resources.form.choose",
                                                options(
                                                        where,
                                                        Kind.NETWORK,
                                                        network ->
                                                                network.facts()
                                                                        .path("router:external")
                                                                        .asBoolean(false),
                                                        false))
                                        .required()));
    }

    private static ObjectDeed associate() {
        return ObjectDeed.of(
                        Kind.FLOATING_IP,
                        "associate",
                        (address, typed) -> toPort(address, text(typed, "port")))
                .when((where, address) -> {
                    if (!address.text("port_id").isEmpty()) {
                        return Words.of("resources.cannot.associate");
                    }
                    return ports(where).isEmpty()
                            ? Words.of("resources.cannot.associate.none")
                            : null;
                })
                .form((where, _) ->
                        List.of(
                                select(
                                                "port",
                                                "resources.form.port",
                                                "resources.form.choose",
                                                ports(where))
                                        .required()));
    }

    private static ObjectDeed disassociate() {
        return ObjectDeed.of(
                        Kind.FLOATING_IP, "disassociate", (address, _) -> toPort(address, null))
                .when((_, address) ->
                        address.text("port_id").isEmpty()
                                ? Words.of("resources.cannot.disassociate")
                                : null);
    }

    private static Request toPort(CloudObject address, @Nullable String port) {
        var body = JSON.createObjectNode();
        body.putObject("floatingip").put("port_id", port);
        return Request.put(Service.NETWORK, "/floatingips/{}", address.id()).body(body);
    }

    private static ObjectDeed release() {
        return ObjectDeed.of(
                        Kind.FLOATING_IP,
                        "delete",
                        (address, _) ->
                                Request.delete(Service.NETWORK, "/floatingips/{}", address.id()))
                .dangerous();
    }

    private static ObjectDeed createKeypair() {
        return ObjectDeed.of(
                        Kind.KEYPAIR,
                        "create",
                        (_, typed) -> {
                            var body = JSON.createObjectNode();
                            var keypair = body.putObject("keypair");
                            keypair.put("name", text(typed, "name"));
                            chosen(typed, "key").ifPresent(key -> keypair.put("public_key", key));
                            return Request.post(Service.COMPUTE, "/os-keypairs").body(body);
                        })
                .form((_, _) ->
                        List.of(
                                name("laptop"),
                                Field.area("key", Words.of("resources.publickey"))
                                        .hint(Words.of("resources.form.key"))
                                        .example("ssh-ed25519 AAAA… me@laptop")));
    }

    private static ObjectDeed deleteKeypair() {
        return ObjectDeed.of(
                        Kind.KEYPAIR,
                        "delete",
                        (keypair, _) ->
                                Request.delete(Service.COMPUTE, "/os-keypairs/{}", keypair.id()))
                .dangerous();
    }

    private static ObjectDeed createGroup() {
        return ObjectDeed.of(
                        Kind.SECURITY_GROUP,
                        "create",
                        (_, typed) -> {
                            var body = JSON.createObjectNode();
                            body.putObject("security_group")
                                    .put("name", text(typed, "name"))
                                    .put("description", text(typed, "description"));
                            return Request.post(Service.NETWORK, "/security-groups").body(body);
                        })
                .form((_, _) ->
                        List.of(
                                name("web"),
                                Field.text("description", Words.of("resources.description"))));
    }

    private static ObjectDeed addRule() {
        return ObjectDeed.of(Kind.SECURITY_GROUP, "add-rule", Rules::request)
                .when(ObjectDeeds::own)
                .form((where, _) ->
                        Rules.fields(options(where, Kind.SECURITY_GROUP, _ -> true, false)));
    }

    private static ObjectDeed removeRule() {
        return ObjectDeed.of(
                        Kind.SECURITY_GROUP,
                        "remove-rule",
                        (_, typed) ->
                                Request.delete(
                                        Service.NETWORK,
                                        "/security-group-rules/{}",
                                        text(typed, "rule")))
                .when(ObjectDeeds::own);
    }

    private static ObjectDeed deleteGroup() {
        return ObjectDeed.of(
                        Kind.SECURITY_GROUP,
                        "delete",
                        (group, _) ->
                                Request.delete(Service.NETWORK, "/security-groups/{}", group.id()))
                .dangerous()
                .when((where, group) -> {
                    if (group.name().equals("default")) {
                        return Words.of("resources.cannot.default");
                    }
                    var ports =
                            where.inventory()
                                    .objects(
                                            where.visit().viewer(),
                                            Kind.PORT,
                                            ObjectQuery.FIRST.withSize(1).of(group.ref()));
                    return ports.isEmpty() ? own(where, group) : Words.of("resources.cannot.used");
                });
    }

    private static ObjectDeed deleteImage() {
        return ObjectDeed.of(
                        Kind.IMAGE,
                        "delete",
                        (image, _) -> Request.delete(Service.IMAGE, "/images/{}", image.id()))
                .dangerous()
                .when((where, image) ->
                        image.facts().path("protected").asBoolean(false)
                                ? Words.of("resources.cannot.protected")
                                : own(where, image));
    }

    /** What another project shares can be looked at. */
    private static @Nullable Words own(Where where, CloudObject object) {
        return where.visit().viewer().project().equals(object.project())
                ? null
                : Words.of("resources.cannot.others");
    }

    private static @Nullable Words only(CloudObject object, String deed, String... statuses) {
        return Set.of(statuses).contains(object.status())
                ? null
                : Words.of("resources.cannot." + deed, ObjectStatuses.word(object.status()));
    }

    private static Field name(String example) {
        return Field.text("name", Words.of("resources.name"))
                .required()
                .example(example)
                .autocomplete("off");
    }

    private static Field select(
            String name, String label, String none, List<Field.Option> options) {
        var all = new ArrayList<Field.Option>();
        all.add(new Field.Option("", Words.of(none), false, false));
        all.addAll(options);
        return Field.select(name, Words.of(label), all);
    }

    private static List<Field.Option> options(
            Where where, Kind kind, Predicate<CloudObject> wanted, boolean byName) {
        return where.inventory().objects(where.visit().viewer(), kind).stream()
                .filter(wanted)
                .map(each -> Field.Option.of(byName ? each.name() : each.id(), Names.of(each)))
                .toList();
    }

    private static List<Field.Option> servers(Where where) {
        return firstServers(where, CHOICES).entrySet().stream()
                .map(each -> Field.Option.of(each.getKey(), each.getValue()))
                .sorted(java.util.Comparator.comparing(option -> option.label().text()))
                .toList();
    }

    private static Map<String, String> firstServers(Where where, int most) {
        var names = new HashMap<String, String>();
        var query =
                new ServerQuery(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ServerQuery.Sort.NAME,
                        false,
                        most,
                        null,
                        false);
        where.inventory()
                .servers(where.visit().viewer(), query)
                .rows()
                .forEach(server -> names.put(server.id(), server.name()));
        return names;
    }

    /** The ports of servers, by server and address. */
    private static List<Field.Option> ports(Where where) {
        var names = firstServers(where, CHOICES);
        return where.inventory().objects(where.visit().viewer(), Kind.PORT).stream()
                .filter(port -> port.text("device_owner").startsWith("compute:"))
                .map(port ->
                        Field.Option.of(
                                port.id(),
                                names.getOrDefault(port.text("device_id"), port.text("device_id"))
                                        + " – "
                                        + Names.of(port)))
                .sorted(java.util.Comparator.comparing(option -> option.label().text()))
                .toList();
    }

    private static ObjectRef server(String id) {
        return new ObjectRef(Kind.SERVER, id);
    }

    static String text(Map<String, String> typed, String field) {
        return typed.getOrDefault(field, "").strip();
    }

    static Optional<String> chosen(Map<String, String> typed, String field) {
        return Optional.of(text(typed, field)).filter(text -> !text.isEmpty());
    }
}
