package dev.stackwright.metering.sample;

import dev.stackwright.kernel.ProjectId;
import dev.stackwright.metering.Meter;
import dev.stackwright.metering.MeterType;
import dev.stackwright.metering.Origin;
import dev.stackwright.metering.Sample;
import dev.stackwright.notification.Notification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which event gives which samples. A definition names events by patterns, says where in the message
 * resource, project and user stand, and lists meters with the expression of their volume. A sample
 * without a number for a volume, or without a resource, is none.
 */
public final class MeterDefinitions {

    private static final Set<String> PRIORITIES = Set.of("info", "sample");
    private static final String LABEL_PREFIX = "metering.";
    private static final int LONGEST_LABEL = 256;

    private final List<Definition> definitions;

    private MeterDefinitions(List<Definition> definitions) {
        this.definitions = definitions;
    }

    /** All that come with Stackwright. */
    public static MeterDefinitions builtIn() {
        return resources("openstack.yaml", "existence.yaml");
    }

    /** Some of the files under {@code meters/}. */
    static MeterDefinitions resources(String... files) {
        List<Definition> all = new ArrayList<>();
        for (var file : files) {
            try (var stream = MeterDefinitions.class.getResourceAsStream("/meters/" + file)) {
                all.addAll(read(Objects.requireNonNull(stream, file)));
            } catch (IOException e) {
                throw new UncheckedIOException(file, e);
            }
        }
        return new MeterDefinitions(List.copyOf(all));
    }

    private static List<Definition> read(InputStream stream) throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        List<Map<String, Object>> entries =
                yaml.load(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        return entries.stream().map(Definition::of).toList();
    }

    /** The meters whose name is fixed, in the order of the files. */
    public List<Meter> meters() {
        return definitions.stream()
                .flatMap(definition -> definition.meters().stream())
                .flatMap(meter -> meter.fixed().stream())
                .distinct()
                .toList();
    }

    /** The samples of one notification; most have none. */
    public List<Sample> samplesOf(Notification notification) {
        if (!PRIORITIES.contains(notification.priority())) {
            return List.of();
        }
        List<Sample> samples = new ArrayList<>();
        @Nullable JsonNode root = null;
        for (var definition : definitions) {
            if (definition.matches(notification.eventType())) {
                root = root == null ? root(notification) : root;
                definition.addTo(samples, notification, root);
            }
        }
        return samples;
    }

    /** Where a notification came from, for those who follow a figure down to it. */
    public static Origin origin(Notification notification) {
        return new Origin(
                notification.messageId(),
                notification.eventType(),
                notification.timestamp(),
                notification.publisherId(),
                notification.requestId(),
                notification.userId() == null ? null : notification.userId().value());
    }

    private static ObjectNode root(Notification notification) {
        var root = JsonNodeFactory.instance.objectNode();
        root.set("payload", notification.payload());
        root.put("event_type", notification.eventType());
        root.put("publisher_id", notification.publisherId());
        var context = root.putObject("context");
        if (notification.projectId() != null) {
            context.put("project", notification.projectId().value());
        }
        if (notification.userId() != null) {
            context.put("user", notification.userId().value());
        }
        return root;
    }

    private record Definition(
            List<Pattern> events,
            List<Pattern> except,
            Expression resource,
            Expression project,
            Expression user,
            @Nullable Expression at,
            @Nullable Expression labels,
            Map<String, Expression> metadata,
            List<Definition.Measured> meters) {

        private record Measured(
                Expression name,
                MeterType type,
                Expression unit,
                Expression volume,
                boolean each,
                Optional<Meter> fixed) {}

        @SuppressWarnings("unchecked")
        static Definition of(Map<String, Object> entry) {
            var metadata = (Map<String, String>) entry.getOrDefault("metadata", Map.of());
            Map<String, Expression> paths = new LinkedHashMap<>();
            metadata.forEach((name, path) -> paths.put(name, Expression.parse(path)));
            var labels = (String) entry.get("labels");
            var at = (String) entry.get("at");
            return new Definition(
                    patterns(entry.get("events")),
                    patterns(entry.getOrDefault("except", List.of())),
                    Expression.parse((String) Objects.requireNonNull(entry.get("resource"))),
                    Expression.parse((String) entry.getOrDefault("project", "unknown")),
                    Expression.parse((String) entry.getOrDefault("user", "unknown")),
                    at == null ? null : Expression.parse(at),
                    labels == null ? null : Expression.parse(labels),
                    paths,
                    ((List<Map<String, Object>>) Objects.requireNonNull(entry.get("meters")))
                            .stream().map(Definition::measured).toList());
        }

        private static Measured measured(Map<String, Object> entry) {
            var name = text(entry, "name");
            var unit = text(entry, "unit");
            var type = MeterType.valueOf(text(entry, "type").toUpperCase(Locale.ROOT));
            var each = Boolean.TRUE.equals(entry.get("each"));
            var made = Boolean.TRUE.equals(entry.get("made")) || each;
            return new Measured(
                    made ? Expression.parse(name) : constant(name),
                    type,
                    each ? Expression.parse(unit) : constant(unit),
                    Expression.parse(text(entry, "volume")),
                    each,
                    made ? Optional.empty() : Optional.of(new Meter(name, type, unit)));
        }

        private static String text(Map<String, Object> entry, String key) {
            return Objects.requireNonNull(entry.get(key), key).toString();
        }

        private static Expression constant(String text) {
            return new Expression.Constant(JsonNodeFactory.instance.stringNode(text));
        }

        @SuppressWarnings("unchecked")
        private static List<Pattern> patterns(@Nullable Object globs) {
            return ((List<String>) Objects.requireNonNull(globs))
                    .stream()
                            .map(glob -> glob.replace(".", "\\.").replace("*", ".*"))
                            .map(Pattern::compile)
                            .toList();
        }

        boolean matches(String eventType) {
            return events.stream().anyMatch(pattern -> pattern.matcher(eventType).matches())
                    && except.stream().noneMatch(pattern -> pattern.matcher(eventType).matches());
        }

        void addTo(List<Sample> samples, Notification notification, JsonNode root) {
            var found = resource.text(root);
            if (found.isEmpty()) {
                return;
            }
            var owner = project.text(root).filter(id -> !id.isBlank()).map(ProjectId::new);
            var origin = origin(notification);
            var about = about(notification, root);
            var time =
                    at == null
                            ? notification.timestamp()
                            : at.text(root)
                                    .flatMap(WireTime::parse)
                                    .orElse(notification.timestamp());
            for (var measured : meters) {
                for (var reading : readings(measured, root)) {
                    samples.add(
                            new Sample(
                                    notification.cloud(),
                                    owner.orElse(null),
                                    user.text(root).orElse(null),
                                    found.get(),
                                    reading.meter(),
                                    reading.volume(),
                                    time,
                                    origin,
                                    about));
                }
            }
        }

        private record Reading(Meter meter, BigDecimal volume) {}

        private static List<Reading> readings(Measured measured, JsonNode root) {
            var volumes = measured.volume().values(root);
            if (!measured.each()) {
                var name = measured.name().text(root);
                var unit = measured.unit().text(root);
                return volumes.stream()
                        .limit(1)
                        .flatMap(node -> Numbers.of(node).stream())
                        .filter(_ -> name.isPresent() && unit.isPresent())
                        .map(volume ->
                                new Reading(
                                        new Meter(
                                                name.orElseThrow(),
                                                measured.type(),
                                                unit.orElseThrow()),
                                        volume))
                        .toList();
            }
            var names = measured.name().values(root);
            var units = measured.unit().values(root);
            if (names.size() != volumes.size() || units.size() != volumes.size()) {
                return List.of();
            }
            List<Reading> readings = new ArrayList<>();
            for (int i = 0; i < volumes.size(); i++) {
                var meter =
                        new Meter(
                                names.get(i).asString(), measured.type(), units.get(i).asString());
                Numbers.of(volumes.get(i))
                        .ifPresent(volume -> readings.add(new Reading(meter, volume)));
            }
            return readings;
        }

        private Map<String, Object> about(Notification notification, JsonNode root) {
            Map<String, Object> about = new LinkedHashMap<>();
            metadata.forEach((name, path) ->
                    path.first(root)
                            .filter(value -> !value.isString() || !value.asString().isEmpty())
                            .ifPresent(value -> about.put(name, value)));
            if (about.isEmpty()) {
                notification
                        .payload()
                        .properties()
                        .forEach(entry -> about.put(entry.getKey(), entry.getValue()));
                about.put(
                        "event_type",
                        JsonNodeFactory.instance.stringNode(notification.eventType()));
                about.put("host", JsonNodeFactory.instance.stringNode(notification.publisherId()));
            }
            if (labels != null) {
                labels.first(root)
                        .map(Definition::labelled)
                        .filter(found -> !found.isEmpty())
                        .ifPresent(found -> about.put("user_metadata", found));
            }
            return about;
        }

        private static ObjectNode labelled(JsonNode metadata) {
            var found = JsonNodeFactory.instance.objectNode();
            for (var entry : metadata.properties()) {
                if (entry.getKey().startsWith(LABEL_PREFIX)) {
                    var name = entry.getKey().substring(LABEL_PREFIX.length()).replace('.', '_');
                    var value = entry.getValue();
                    found.set(
                            name,
                            value.isString() && value.asString().length() > LONGEST_LABEL
                                    ? JsonNodeFactory.instance.stringNode(
                                            value.asString().substring(0, LONGEST_LABEL))
                                    : value);
                }
            }
            return found;
        }
    }
}
