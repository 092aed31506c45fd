package dev.stackwright.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The clouds that the settings and {@code clouds.yaml} name; none on a fresh machine. */
public final class ConfiguredClouds implements CloudSource {

    private final List<CloudDefinition> clouds;
    private final List<String> unused;
    private final @Nullable String file;

    private ConfiguredClouds(
            List<CloudDefinition> clouds, List<String> unused, @Nullable String file) {
        this.clouds = List.copyOf(clouds);
        this.unused = List.copyOf(unused);
        this.file = file;
    }

    /**
     * Reads them.
     *
     * @param osCloud what {@code OS_CLOUD} names
     * @param serviceCloud what {@code STACKWRIGHT_SERVICE_CLOUD} names
     */
    static ConfiguredClouds from(
            CloudSettings settings,
            @Nullable String osCloud,
            @Nullable String serviceCloud,
            CloudsYaml.Places places) {
        var yaml = CloudsYaml.read(places);
        var file = yaml.file().map(Object::toString).orElse(null);
        var wanted = wanted(settings, osCloud);
        if (wanted.isEmpty()) {
            return new ConfiguredClouds(List.of(), yaml.names(), file);
        }
        var clouds = new ArrayList<CloudDefinition>();
        for (var entry : wanted) {
            var of = entry.entry() == null ? entry.name() : entry.entry();
            var name = entry.name() == null ? entry.entry() : entry.name();
            if (of == null || name == null) {
                throw new CloudsYaml.Problem("A cloud without name and entry is configured.");
            }
            var label = entry.label() == null ? name : entry.label();
            var service = Optional.ofNullable(entry.serviceAccount()).or(() -> text(serviceCloud));
            for (var cloud : yaml.clouds(name, of, entry.region(), label)) {
                clouds.add(withService(yaml, cloud, of, service));
            }
        }
        return new ConfiguredClouds(clouds, List.of(), file);
    }

    private static List<CloudSettings.Entry> wanted(
            CloudSettings settings, @Nullable String osCloud) {
        if (!settings.clouds().isEmpty()) {
            return settings.clouds();
        }
        return text(osCloud)
                .map(name -> List.of(new CloudSettings.Entry(name, null, null, null, null)))
                .orElse(List.of());
    }

    private static CloudDefinition withService(
            CloudsYaml yaml, CloudDefinition cloud, String entry, Optional<String> service) {
        if (service.isEmpty() && !yaml.hasCredentials(entry)) {
            return cloud;
        }
        var signIn = yaml.signIn(service.orElse(entry));
        return cloud.withService(signIn.credentials(), signIn.scope());
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    @Override
    public List<CloudDefinition> clouds() {
        return clouds;
    }

    /** Entries of a clouds.yaml that is there although nobody asked for one of them. */
    public List<String> unused() {
        return unused;
    }

    /** The clouds.yaml that was found. */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }
}
