package dev.stackwright.web.instances;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Field.Option;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked before a deed is done; what can be chosen comes from the inventory. */
@Component
class DeedForms {

    private static final int LONGEST = 255;
    private static final int LONGEST_TAG = 60;
    private static final int MOST_TAGS = 50;
    private static final int MOST_PAIRS = 128;

    private final Inventory inventory;

    DeedForms(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Why it cannot be done as things stand, or because there is nothing to choose from. */
    @Nullable Words unable(Visit visit, ServerDetail server, ServerDeed deed) {
        var unable = deed.unable(visit, server);
        if (unable != null) {
            return unable;
        }
        boolean nothing =
                switch (deed) {
                    case ATTACH_VOLUME -> freeVolumes(visit).isEmpty();
                    case DETACH_VOLUME -> server.volumes().isEmpty();
                    case DETACH_INTERFACE -> server.ports().isEmpty();
                    case ADD_GROUP -> groups(visit, server, false).isEmpty();
                    case REMOVE_GROUP -> server.securityGroups().isEmpty();
                    default -> false;
                };
        return nothing ? Words.of("instances.cannot." + deed.path()) : null;
    }

    /** The fields, filled with what was typed, or with how things are. */
    List<Field> fields(
            Visit visit, ServerDetail server, ServerDeed deed, Map<String, String> typed) {
        return switch (deed) {
            case RESIZE -> List.of(choice("flavor", flavors(visit, server), typed));
            case REBUILD -> List.of(choice("image", images(visit, server), typed));
            case SNAPSHOT ->
                    List.of(
                            Field.text("name", Words.of("instances.ask.name"))
                                    .value(typed.getOrDefault("name", snapshotName(server)))
                                    .required());
            case LOCK ->
                    List.of(
                            Field.text("reason", Words.of("instances.ask.reason"))
                                    .value(typed.get("reason")));
            case METADATA ->
                    List.of(
                            Field.area("metadata", Words.of("instances.ask.metadata"))
                                    .value(typed.getOrDefault("metadata", metadata(server)))
                                    .hint(Words.of("instances.ask.metadata.hint")));
            case TAGS ->
                    List.of(
                            Field.text("tags", Words.of("instances.ask.tags"))
                                    .value(typed.getOrDefault("tags", tags(server)))
                                    .hint(Words.of("instances.ask.tags.hint")));
            case ATTACH_VOLUME -> List.of(choice("volume", freeVolumes(visit), typed));
            case DETACH_VOLUME ->
                    List.of(
                            choice(
                                    "volume",
                                    server.volumes().stream().map(DeedForms::volume).toList(),
                                    typed));
            case ATTACH_INTERFACE -> List.of(choice("network", networks(visit), typed));
            case DETACH_INTERFACE ->
                    List.of(
                            choice(
                                    "port",
                                    server.ports().stream().map(DeedForms::port).toList(),
                                    typed));
            case ADD_GROUP -> List.of(choice("group", groups(visit, server, false), typed));
            case REMOVE_GROUP -> List.of(choice("group", groups(visit, server, true), typed));
            case LIVE_MIGRATE, EVACUATE -> List.of(choice("host", hosts(visit, server), typed));
            case RESET_STATE ->
                    List.of(
                            choice(
                                    "state",
                                    Stream.of("active", "error")
                                            .map(state ->
                                                    new Option(
                                                            state,
                                                            Words.of(
                                                                    "instances.ask.state." + state),
                                                            false,
                                                            false))
                                            .toList(),
                                    typed));
            default -> List.of();
        };
    }

    /** The same fields, each with what is wrong with it. */
    List<Field> checked(List<Field> fields, Map<String, String> typed) {
        return fields.stream()
                .map(field -> {
                    var wrong = wrong(field, typed.getOrDefault(field.name(), "").strip());
                    return wrong == null ? field : field.error(wrong);
                })
                .toList();
    }

    private static @Nullable Words wrong(Field field, String value) {
        if (field.kind() == Field.Kind.SELECT) {
            var known = field.options().stream().anyMatch(option -> option.value().equals(value));
            return known && !(field.needed() && value.isEmpty())
                    ? null
                    : Words.of("instances.ask.choose");
        }
        return switch (field.name()) {
            case "name" ->
                    value.isEmpty() || value.length() > LONGEST
                            ? Words.of("instances.new.name.wrong", LONGEST)
                            : null;
            case "reason" ->
                    value.length() > LONGEST ? Words.of("instances.ask.long", LONGEST) : null;
            case "tags" -> {
                var tags = ServerRequests.tags(value);
                yield tags.size() > MOST_TAGS
                                || tags.stream()
                                        .anyMatch(tag ->
                                                tag.length() > LONGEST_TAG || tag.contains("/"))
                        ? Words.of("instances.ask.tags.wrong", MOST_TAGS, LONGEST_TAG)
                        : null;
            }
            case "metadata" -> {
                var pairs = ServerRequests.pairs(value);
                yield pairs.size() > MOST_PAIRS
                                || pairs.keySet().stream()
                                        .anyMatch(key -> !key.matches("[a-zA-Z0-9-_:. ]{1,255}"))
                                || pairs.values().stream().anyMatch(one -> one.length() > LONGEST)
                        ? Words.of("instances.ask.metadata.wrong", LONGEST)
                        : null;
            }
            default -> null;
        };
    }

    /** A choice of one; that of a host may stay open. */
    private static Field choice(String name, List<Option> options, Map<String, String> typed) {
        var all = new ArrayList<Option>();
        var free = name.equals("host");
        all.add(
                new Option(
                        "",
                        Words.of(
                                free
                                        ? "instances.ask.host.any"
                                        : options.isEmpty()
                                                ? "instances.ask.nothing"
                                                : "instances.new.choose"),
                        false,
                        false));
        all.addAll(options);
        var field =
                Field.select(name, Words.of("instances.ask." + name), all).value(typed.get(name));
        return free ? field : field.required();
    }

    private List<Option> flavors(Visit visit, ServerDetail server) {
        var format = visit.format();
        return inventory.flavors(visit.viewer()).stream()
                .filter(flavor -> !flavor.id().equals(server.flavorId()))
                .sorted(Comparator.comparingInt(Flavor::vcpus).thenComparingLong(Flavor::memoryMb))
                .map(flavor ->
                        new Option(
                                flavor.id(),
                                Words.of(
                                        "instances.size",
                                        flavor.name(),
                                        flavor.vcpus(),
                                        format.mebibytes(flavor.memoryMb()),
                                        format.gibibytes(flavor.diskGb())),
                                false,
                                false))
                .toList();
    }

    private List<Option> images(Visit visit, ServerDetail server) {
        return inventory.images(visit.viewer()).stream()
                .filter(image -> image.status().equals("ACTIVE"))
                .sorted(Comparator.comparing(image -> !image.id().equals(server.imageId())))
                .map(image -> Option.of(image.id(), image.name()))
                .toList();
    }

    private List<Option> freeVolumes(Visit visit) {
        return inventory.volumes(visit.viewer()).stream()
                .filter(volume -> volume.status().equalsIgnoreCase("available"))
                .map(DeedForms::volume)
                .toList();
    }

    private static Option volume(CloudObject volume) {
        return Option.of(volume.id(), volume.label() + " · " + volume.text("size") + " GiB");
    }

    private List<Option> networks(Visit visit) {
        return inventory.networks(visit.viewer()).stream()
                .filter(network -> !network.facts().path("subnets").isEmpty())
                .map(network -> Option.of(network.id(), network.label()))
                .toList();
    }

    private static Option port(CloudObject port) {
        var addresses =
                port.facts()
                        .path("fixed_ips")
                        .valueStream()
                        .map(each -> each.path("ip_address").asString(""))
                        .collect(Collectors.joining(", "));
        return Option.of(port.id(), addresses.isEmpty() ? port.label() : addresses);
    }

    private List<Option> groups(Visit visit, ServerDetail server, boolean had) {
        var own = server.securityGroups().stream().map(CloudObject::id).toList();
        return inventory.securityGroups(visit.viewer()).stream()
                .filter(group -> visit.viewer().project().equals(group.project()))
                .filter(group -> own.contains(group.id()) == had)
                .map(group -> Option.of(group.id(), group.label()))
                .toList();
    }

    private List<Option> hosts(Visit visit, ServerDetail server) {
        return inventory.objects(visit.viewer(), Kind.COMPUTE_SERVICE).stream()
                .filter(service -> service.text("binary").equals("nova-compute"))
                .map(service -> service.text("host"))
                .filter(host -> !host.equals(server.row().host()))
                .distinct()
                .sorted()
                .map(host -> Option.of(host, host))
                .toList();
    }

    private static String snapshotName(ServerDetail server) {
        return server.row().name() + "-snapshot";
    }

    private static String metadata(ServerDetail server) {
        return server.facts().path("metadata").properties().stream()
                .map(each -> each.getKey() + "=" + each.getValue().asString(""))
                .collect(Collectors.joining("\n"));
    }

    static String tags(ServerDetail server) {
        return server.facts()
                .path("tags")
                .valueStream()
                .map(tag -> tag.asString(""))
                .collect(Collectors.joining(", "));
    }
}
