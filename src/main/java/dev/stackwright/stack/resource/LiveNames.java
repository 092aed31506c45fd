package dev.stackwright.stack.resource;

import dev.stackwright.cloud.Service;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a template calls by its name, found in the lists of the services. */
final class LiveNames {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");

    private static final Map<String, Listing> LISTS =
            Map.ofEntries(
                    network("network", "networks"),
                    network("subnet", "subnets"),
                    network("subnetpool", "subnetpools"),
                    network("port", "ports"),
                    network("router", "routers"),
                    network("security_group", "security-groups"),
                    network("address_scope", "address-scopes"),
                    Map.entry("flavor", Listing.of(Service.COMPUTE, "/flavors/detail", "flavors")),
                    Map.entry("image", Listing.of(Service.IMAGE, "/images", "images")),
                    Map.entry("volume", Listing.of(Service.VOLUME, "/volumes/detail", "volumes")),
                    Map.entry("volume_type", Listing.of(Service.VOLUME, "/types", "volume_types")),
                    identity("project"),
                    identity("domain"),
                    identity("user"),
                    identity("group"),
                    identity("role"),
                    identity("service"));

    private LiveNames() {}

    private static Map.Entry<String, Listing> network(String kind, String collection) {
        return Map.entry(
                kind, Listing.of(Service.NETWORK, "/" + collection, collection.replace('-', '_')));
    }

    private static Map.Entry<String, Listing> identity(String kind) {
        return Map.entry(kind, Listing.of(Service.IDENTITY, "/" + kind + "s", kind + "s"));
    }

    static Optional<String> id(Lists lists, String kind, String nameOrId) {
        if (ID.matcher(nameOrId).matches()) {
            return Optional.of(nameOrId);
        }
        return only(lists, kind, "name", nameOrId)
                .map(one -> one.path("id").asString())
                .or(() -> only(lists, kind, "id", nameOrId).map(_ -> nameOrId));
    }

    static Optional<String> name(Lists lists, String kind, String id) {
        return only(lists, kind, "id", id).map(one -> one.path("name").asString(""));
    }

    private static Optional<JsonNode> only(Lists lists, String kind, String field, String text) {
        var listing = LISTS.get(kind);
        var found =
                listing == null
                        ? Optional.<java.util.List<JsonNode>>empty()
                        : lists.of(listing)
                                .map(all ->
                                        all.stream()
                                                .filter(one ->
                                                        one.path(field).asString("").equals(text))
                                                .toList());
        return found.filter(these -> these.size() == 1).map(these -> these.getFirst());
    }
}
