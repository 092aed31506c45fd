package dev.stackwright.cloud;

import dev.stackwright.cloud.CloudDefinition.SignIn;
import dev.stackwright.cloud.CloudDefinition.Tls;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads {@code clouds.yaml} as other OpenStack clients do: the first of the file that {@code
 * OS_CLIENT_CONFIG_FILE} names, the working directory's, the user's and the machine's; {@code
 * secure.yaml} laid over it, the profile of {@code clouds-public.yaml} under it.
 */
final class CloudsYaml {

    private static final int LONGEST_FILE = 1 << 20;
    private static final Set<String> PASSWORD_TYPES =
            Set.of("password", "v3password", "v2password", "");
    private static final Set<String> CREDENTIAL_TYPES = Set.of("v3applicationcredential");

    private final @Nullable Path file;
    private final Map<String, Object> clouds;
    private final Map<String, Object> secrets;
    private final Map<String, Object> profiles;

    /** The configuration does not say how to reach a cloud; the message says where and what. */
    static final class Problem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message);
        }

        Problem(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Where to look.
     *
     * @param named what {@code OS_CLIENT_CONFIG_FILE} says
     */
    record Places(@Nullable Path named, List<Path> folders) {

        static Places of(@Nullable String named, Path workingDirectory, Path home) {
            return new Places(
                    named == null || named.isBlank() ? null : Path.of(named),
                    List.of(
                            workingDirectory,
                            home.resolve(".config/openstack"),
                            Path.of("/etc/openstack")));
        }

        Optional<Path> find(String name) {
            for (var folder : folders) {
                for (var ending : List.of(".yaml", ".yml")) {
                    var candidate = folder.resolve(name + ending);
                    if (Files.isRegularFile(candidate)) {
                        return Optional.of(candidate);
                    }
                }
            }
            return Optional.empty();
        }

        Optional<Path> clouds() {
            if (named == null) {
                return find("clouds");
            }
            if (!Files.isRegularFile(named)) {
                throw new Problem(
                        "OS_CLIENT_CONFIG_FILE names %s, which is not there.".formatted(named));
            }
            return Optional.of(named);
        }

        /** Beside the clouds.yaml that was named, or in the usual places. */
        Optional<Path> beside(String name) {
            if (named != null && named.getParent() != null) {
                var neighbour = named.resolveSibling(name + ".yaml");
                if (Files.isRegularFile(neighbour)) {
                    return Optional.of(neighbour);
                }
            }
            return find(name);
        }
    }

    private CloudsYaml(
            @Nullable Path file,
            Map<String, Object> clouds,
            Map<String, Object> secrets,
            Map<String, Object> profiles) {
        this.file = file;
        this.clouds = clouds;
        this.secrets = secrets;
        this.profiles = profiles;
    }

    static CloudsYaml read(Places places) {
        var file = places.clouds();
        return new CloudsYaml(
                file.orElse(null),
                file.map(found -> section(found, "clouds")).orElse(Map.of()),
                places.beside("secure").map(found -> section(found, "clouds")).orElse(Map.of()),
                places.beside("clouds-public")
                        .map(found -> section(found, "public-clouds"))
                        .orElse(Map.of()));
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    List<String> names() {
        return List.copyOf(clouds.keySet());
    }

    /** The cloud of an entry, once per region that the entry or the settings ask for. */
    List<CloudDefinition> clouds(
            String name, String entryName, @Nullable String region, String label) {
        var entry = entry(entryName);
        var regions = region == null ? entry.regions() : List.of(region);
        if (regions.size() <= 1) {
            return List.of(entry.cloud(name, label, regions.isEmpty() ? null : regions.getFirst()));
        }
        return regions.stream()
                .map(one -> entry.cloud(name + "-" + one, label + " " + one, one))
                .toList();
    }

    SignIn signIn(String entryName) {
        return entry(entryName).signIn();
    }

    /** Whether the entry says who signs in at all. */
    boolean hasCredentials(String entryName) {
        return entry(entryName).hasCredentials();
    }

    private Entry entry(String name) {
        if (file == null) {
            throw new Problem(
                    "Cloud %s is asked for, but there is no clouds.yaml in the working directory, ~/.config/openstack or /etc/openstack, and OS_CLIENT_CONFIG_FILE names none."
                            .formatted(name));
        }
        if (!clouds.containsKey(name)) {
            throw new Problem(
                    "%s has no cloud named %s; it has %s."
                            .formatted(
                                    file,
                                    name,
                                    clouds.isEmpty()
                                            ? "none"
                                            : String.join(", ", clouds.keySet())));
        }
        var own = new Entry(file, name, fields(clouds.get(name), name)).over(secret(name));
        var profile = own.text("profile").or(() -> own.text("cloud"));
        return profile.map(known -> own.on(profile(known, name))).orElse(own);
    }

    private Map<String, Object> secret(String name) {
        return secrets.containsKey(name) ? fields(secrets.get(name), name) : Map.of();
    }

    private Map<String, Object> profile(String profile, String name) {
        if (!profiles.containsKey(profile)) {
            throw new Problem(
                    "%s: cloud %s wants the profile %s, which no clouds-public.yaml has. Write its auth_url and region_name into the entry."
                            .formatted(file, name, profile));
        }
        return fields(profiles.get(profile), profile);
    }

    private Map<String, Object> fields(@Nullable Object node, String name) {
        if (node == null) {
            return Map.of();
        }
        if (node instanceof Map<?, ?> map) {
            return strings(map);
        }
        throw new Problem("%s: cloud %s is not a map of settings.".formatted(file, name));
    }

    private static Map<String, Object> section(Path file, String section) {
        var root = load(file);
        if (root == null) {
            return Map.of();
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new Problem("%s is not a map with a section %s.".formatted(file, section));
        }
        var found = map.get(section);
        if (found == null) {
            return Map.of();
        }
        if (!(found instanceof Map<?, ?> entries)) {
            throw new Problem(
                    "%s: the section %s is not a map of clouds.".formatted(file, section));
        }
        return strings(entries);
    }

    private static @Nullable Object load(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new Problem("%s is longer than 1 MB.".formatted(file));
            }
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setMaxAliasesForCollections(50);
            options.setNestingDepthLimit(20);
            return new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            throw new Problem(
                    "%s is not YAML%s: %s."
                            .formatted(
                                    file,
                                    mark == null
                                            ? ""
                                            : " at line %d, column %d"
                                                    .formatted(
                                                            mark.getLine() + 1,
                                                            mark.getColumn() + 1),
                                    broken.getProblem()));
        } catch (YAMLException broken) {
            throw new Problem("%s is not YAML: %s".formatted(file, broken.getMessage()));
        } catch (IOException broken) {
            throw new Problem("%s cannot be read: %s".formatted(file, broken.getMessage()), broken);
        }
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        var strings = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                strings.put(String.valueOf(key), value);
            }
        });
        return strings;
    }

    /** One cloud's settings, looked at by name. */
    private record Entry(Path file, String name, Map<String, Object> fields) {

        Entry over(Map<String, Object> more) {
            return new Entry(file, name, merged(fields, more));
        }

        Entry on(Map<String, Object> less) {
            return new Entry(file, name, merged(less, fields));
        }

        private static Map<String, Object> merged(
                Map<String, Object> below, Map<String, Object> above) {
            var merged = new LinkedHashMap<>(below);
            above.forEach((key, value) -> {
                if (value instanceof Map<?, ?> upper
                        && merged.get(key) instanceof Map<?, ?> lower) {
                    merged.put(key, merged(strings(lower), strings(upper)));
                } else {
                    merged.put(key, value);
                }
            });
            return merged;
        }

        CloudDefinition cloud(String cloudName, String label, @Nullable String region) {
            if (!CloudSettings.fitsTheUrl(cloudName)) {
                throw new Problem(
                        "The cloud name '%s' cannot stand in a URL. Use letters, digits, dots, dashes and underscores, or give the cloud another name in stackwright.cloud.clouds."
                                .formatted(cloudName));
            }
            var version = text("identity_api_version").orElse("3");
            if (version.startsWith("2")) {
                throw problem("asks for Keystone v2, which is gone; Stackwright speaks v3");
            }
            return new CloudDefinition(
                    new CloudName(cloudName),
                    label,
                    authUrl(),
                    region,
                    facing(),
                    overrides(),
                    tls(),
                    null,
                    false);
        }

        private String authUrl() {
            var address = auth("auth_url").orElseThrow(() -> problem("has no auth.auth_url"));
            if (!Endpoints.isAddress(address)) {
                throw problem("has an auth_url that is no http or https address: " + address);
            }
            return address.replaceAll("/v2\\.0/?$", "");
        }

        private String facing() {
            var facing =
                    text("interface")
                            .or(() -> text("endpoint_type"))
                            .orElse("public")
                            .toLowerCase(Locale.ROOT)
                            .replace("url", "");
            if (!Set.of("public", "internal", "admin").contains(facing)) {
                throw problem(
                        "has interface "
                                + facing
                                + ", which is neither public, internal nor admin");
            }
            return facing;
        }

        /**
         * {@code block_storage_endpoint_override} is for the catalog type {@code block-storage}.
         */
        private Map<String, String> overrides() {
            var overrides = new LinkedHashMap<String, String>();
            fields.forEach((key, value) -> {
                if (key.endsWith("_endpoint_override")) {
                    var type = key.substring(0, key.length() - "_endpoint_override".length());
                    overrides.put(type.replace('_', '-'), value.toString());
                }
            });
            return overrides;
        }

        private Tls tls() {
            var verify = isTrue("verify", true) && !isTrue("insecure", false);
            return new Tls(
                    verify,
                    text("cacert").map(Entry::inHome).orElse(null),
                    text("cert").map(Entry::inHome).orElse(null),
                    text("key").map(Entry::inHome).orElse(null));
        }

        private static String inHome(String path) {
            return path.startsWith("~/")
                    ? System.getProperty("user.home") + path.substring(1)
                    : path;
        }

        private boolean isTrue(String key, boolean otherwise) {
            return text(key)
                    .map(text ->
                            Set.of("true", "yes", "1", "on")
                                    .contains(text.toLowerCase(Locale.ROOT)))
                    .orElse(otherwise);
        }

        List<String> regions() {
            var chosen = text("region_name");
            if (chosen.isPresent()) {
                return List.of(chosen.get());
            }
            var regions = new ArrayList<String>();
            if (fields.get("regions") instanceof List<?> list) {
                for (var region : list) {
                    regions.add(
                            region instanceof Map<?, ?> map
                                    ? String.valueOf(map.get("name"))
                                    : String.valueOf(region));
                }
            }
            return regions;
        }

        boolean hasCredentials() {
            return auth("password").isPresent()
                    || auth("application_credential_secret").isPresent();
        }

        SignIn signIn() {
            var type = text("auth_type").orElse("").toLowerCase(Locale.ROOT);
            if (CREDENTIAL_TYPES.contains(type)
                    || auth("application_credential_secret").isPresent()) {
                return new SignIn(applicationCredential(), Scope.UNSCOPED);
            }
            if (!PASSWORD_TYPES.contains(type)) {
                throw problem(
                        "has auth_type "
                                + type
                                + "; the service account signs in with a password or an application"
                                + " credential");
            }
            return new SignIn(password(), scope());
        }

        private Credentials applicationCredential() {
            var secret = needed("application_credential_secret");
            var id = auth("application_credential_id");
            if (id.isPresent()) {
                return new Credentials.ApplicationCredential(id.get(), secret);
            }
            var user = auth("user_id");
            return new Credentials.NamedApplicationCredential(
                    needed("application_credential_name"),
                    user.orElse(null),
                    user.isPresent() ? null : needed("username"),
                    user.isPresent() ? null : userDomain(),
                    secret);
        }

        private Credentials password() {
            var password = needed("password");
            var id = auth("user_id");
            return id.isPresent()
                    ? new Credentials.PasswordOfId(id.get(), password)
                    : new Credentials.Password(needed("username"), userDomain(), password);
        }

        private Credentials.Domain userDomain() {
            return domain("user_domain").orElseGet(this::defaultDomain);
        }

        private Scope scope() {
            if (auth("trust_id").isPresent()) {
                return Scope.trust(auth("trust_id").get());
            }
            if (auth("system_scope").isPresent()) {
                return new Scope.WholeSystem();
            }
            var id = auth("project_id").or(() -> auth("tenant_id"));
            if (id.isPresent()) {
                return Scope.project(new ProjectId(id.get()));
            }
            var project = auth("project_name").or(() -> auth("tenant_name"));
            if (project.isPresent()) {
                return Scope.projectNamed(
                        project.get(), domain("project_domain").orElseGet(this::defaultDomain));
            }
            return auth("domain_id")
                    .map(Credentials.Domain::ofId)
                    .or(() -> auth("domain_name").map(Credentials.Domain::named))
                    .<Scope>map(Scope.WholeDomain::new)
                    .orElseThrow(() ->
                            problem("has no auth.project_name, so its account can do nothing"));
        }

        private Optional<Credentials.Domain> domain(String key) {
            return auth(key + "_id")
                    .map(Credentials.Domain::ofId)
                    .or(() -> auth(key + "_name").map(Credentials.Domain::named));
        }

        private Credentials.Domain defaultDomain() {
            return Credentials.Domain.ofId(
                    auth("default_domain").or(() -> text("default_domain")).orElse("default"));
        }

        private String needed(String key) {
            return auth(key).orElseThrow(() -> problem("has no auth." + key));
        }

        /** Authentication fields stand under {@code auth}; older files have some beside it. */
        private Optional<String> auth(String key) {
            return fields.get("auth") instanceof Map<?, ?> auth && auth.get(key) != null
                    ? Optional.of(String.valueOf(auth.get(key)))
                    : text(key);
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(fields.get(key))
                    .filter(value -> !(value instanceof Map) && !(value instanceof List))
                    .map(String::valueOf)
                    .filter(text -> !text.isBlank());
        }

        private Problem problem(String what) {
            return new Problem("%s: cloud %s %s.".formatted(file, name, what));
        }
    }
}
