package dev.stackwright.cloud;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.model.identity.URLResolverParams;

/**
 * Says where a service lives: a pure function of the token's catalog and the cloud's region, facing
 * and overrides. It remembers nothing, so a changed catalog counts from the next token on, and it
 * never guesses: a service that is not listed is {@code NO_SUCH_SERVICE}.
 */
final class Endpoints implements EndpointURLResolver {

    private static final Pattern VERSION = Pattern.compile("/v\\d+(\\.\\d+)?$");

    private static final Map<Service, ServiceType> IN_OPENSTACK4J =
            Map.ofEntries(
                    Map.entry(Service.IDENTITY, ServiceType.IDENTITY),
                    Map.entry(Service.COMPUTE, ServiceType.COMPUTE),
                    Map.entry(Service.NETWORK, ServiceType.NETWORK),
                    Map.entry(Service.VOLUME, ServiceType.BLOCK_STORAGE),
                    Map.entry(Service.IMAGE, ServiceType.IMAGE),
                    Map.entry(Service.PLACEMENT, ServiceType.PLACEMENT),
                    Map.entry(Service.ORCHESTRATION, ServiceType.ORCHESTRATION),
                    Map.entry(Service.LOAD_BALANCER, ServiceType.OCTAVIA),
                    Map.entry(Service.DNS, ServiceType.DNS),
                    Map.entry(Service.KEY_MANAGER, ServiceType.BARBICAN),
                    Map.entry(Service.OBJECT_STORE, ServiceType.OBJECT_STORAGE),
                    Map.entry(Service.SHARED_FILE_SYSTEM, ServiceType.SHARE),
                    Map.entry(Service.CONTAINER_INFRA, ServiceType.MAGNUM));

    private final CloudDefinition cloud;
    private final Transport transport;
    private final String identity;

    Endpoints(CloudDefinition cloud, Transport transport) {
        this.cloud = cloud;
        this.transport = transport;
        this.identity = versioned(cloud.authUrl(), Service.IDENTITY.version());
    }

    Transport transport() {
        return transport;
    }

    /** Keystone's address with its version; it comes from the configuration, not from a catalog. */
    String identity() {
        return identity;
    }

    static ServiceType inOpenStack4j(Service service) {
        var type = IN_OPENSTACK4J.get(service);
        if (type == null) {
            throw new IllegalArgumentException(service + " has no type in OpenStack4j");
        }
        return type;
    }

    /** Where requests for the service go, version included. */
    Optional<String> find(Service service, List<Endpoint> catalog) {
        if (service == Service.IDENTITY) {
            return Optional.of(identity);
        }
        return overridden(service)
                .or(() -> listed(service, catalog))
                .map(address -> versioned(address, service.version()));
    }

    private Optional<String> overridden(Service service) {
        return service.types().stream()
                .filter(cloud.overrides()::containsKey)
                .map(cloud.overrides()::get)
                .findFirst();
    }

    private Optional<String> listed(Service service, List<Endpoint> catalog) {
        return service.types().stream()
                .flatMap(type -> catalog.stream().filter(line -> line.type().equals(type)))
                .filter(line -> line.facing().equals(cloud.facing()))
                .filter(line -> cloud.region() == null || cloud.region().equals(line.region()))
                .map(Endpoint::url)
                .findFirst();
    }

    /** Why {@link #find} found nothing, in a sentence that says what to do. */
    CloudFailure missing(Service service, List<Endpoint> catalog) {
        return new CloudFailure(
                CloudFailure.Kind.NO_SUCH_SERVICE, service, reason(service, catalog));
    }

    private String reason(Service service, List<Endpoint> catalog) {
        if (catalog.isEmpty()) {
            return "A token without a project has no catalog, so there is no way to the service.";
        }
        var lines = catalog.stream().filter(line -> service.types().contains(line.type())).toList();
        if (lines.isEmpty()) {
            return "The catalog of cloud %s lists no service of type %s."
                    .formatted(cloud.name(), String.join(" or ", service.types()));
        }
        return "The catalog of cloud %s lists the service, but not as %s endpoint in region %s; it has %s."
                .formatted(
                        cloud.name(),
                        cloud.facing(),
                        cloud.region() == null ? "(any)" : cloud.region(),
                        lines.stream()
                                .map(line -> line.facing() + " in " + line.region())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")));
    }

    /** The address with the version at its end, whether it came with one or not. */
    static String versioned(String address, String version) {
        var bare = address.replaceAll("/+$", "");
        if (version.isEmpty() || bare.endsWith(version)) {
            return bare;
        }
        return VERSION.matcher(bare).replaceFirst("") + version;
    }

    static boolean isAddress(String text) {
        try {
            var uri = URI.create(text);
            return Set.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException | NullPointerException _) {
            return false;
        }
    }

    @Override
    public String findURLV3(URLResolverParams wanted) {
        var service =
                IN_OPENSTACK4J.entrySet().stream()
                        .filter(known -> known.getValue() == wanted.type)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() ->
                                new CloudFailure(
                                        CloudFailure.Kind.NO_SUCH_SERVICE,
                                        null,
                                        "No address is known for " + wanted.type + "."));
        var catalog = catalog(wanted);
        return find(service, catalog).orElseThrow(() -> missing(service, catalog));
    }

    @Override
    public @Nullable String findURLV2(URLResolverParams wanted) {
        throw new UnsupportedOperationException("Keystone v2 is gone");
    }

    private static List<Endpoint> catalog(URLResolverParams wanted) {
        var services = wanted.token.getCatalog();
        return services == null
                ? List.of()
                : services.stream()
                        .flatMap(service ->
                                service.getEndpoints().stream()
                                        .map(endpoint ->
                                                new Endpoint(
                                                        service.getType(),
                                                        service.getName(),
                                                        endpoint.getIface().value(),
                                                        endpoint.getRegion(),
                                                        endpoint.getUrl().toString())))
                        .toList();
    }
}
