package dev.stackwright.template;

import dev.stackwright.kernel.Fix;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads resource definitions. */
final class ResourceReader {

    private final ExpressionReader expressions;
    private final Findings findings;
    private final boolean hot;

    /** What the keys are called in this version, by what they are called in HOT. */
    private final Map<String, String> keys;

    ResourceReader(TemplateVersion version, ExpressionReader expressions, Findings findings) {
        this.expressions = expressions;
        this.findings = findings;
        this.hot = version.isHot();
        this.keys = keys(version);
    }

    private static Map<String, String> keys(TemplateVersion version) {
        boolean hot = version.isHot();
        var keys = new LinkedHashMap<String, String>();
        keys.put("type", hot ? "type" : "Type");
        keys.put("properties", hot ? "properties" : "Properties");
        keys.put("metadata", hot ? "metadata" : "Metadata");
        keys.put("depends_on", hot ? "depends_on" : "DependsOn");
        keys.put("deletion_policy", hot ? "deletion_policy" : "DeletionPolicy");
        keys.put("update_policy", hot ? "update_policy" : "UpdatePolicy");
        keys.put("description", hot ? "description" : "Description");
        if (version.since(TemplateVersion.HOT_2016_10_14)) {
            keys.put("external_id", "external_id");
        }
        if (version.hasConditions()) {
            keys.put("condition", hot ? "condition" : "Condition");
        }
        return keys;
    }

    Optional<ResourceDefinition> read(Node.Entry entry, Path path) {
        if (!(entry.value() instanceof Node.Mapping body)) {
            findings.add(
                    Rule.WRONG_SHAPE,
                    entry.keyRange(),
                    path.toString(),
                    "The resource `%s` must be a map with at least a type, not %s."
                            .formatted(entry.key(), Nodes.kind(entry.value())));
            return Optional.empty();
        }
        unknownKeys(body, path);
        empty(body, path);
        var type = type(entry, body, path);
        var definition =
                new ResourceDefinition(
                        entry.key(),
                        entry.keyRange(),
                        type == null ? "" : type.text(),
                        type == null ? entry.keyRange() : type.range(),
                        map(body, "properties", path, entry.keyRange()),
                        map(body, "metadata", path, entry.keyRange()),
                        dependsOn(body, path),
                        expression(body, "deletion_policy"),
                        updatePolicy(body, path),
                        description(body, path),
                        expression(body, "external_id"),
                        condition(body));
        return Optional.of(definition);
    }

    private Node.@Nullable Entry find(Node.Mapping body, String key) {
        String name = keys.get(key);
        return name == null ? null : body.find(name);
    }

    private void unknownKeys(Node.Mapping body, Path path) {
        for (Node.Entry entry : body.entries()) {
            if (keys.containsValue(entry.key())) {
                continue;
            }
            var guess = Guess.nearest(entry.key(), keys.values());
            String detail =
                    "`%s` is not a key of a resource definition.".formatted(entry.key())
                            + guess.map(" Did you mean `%s`?"::formatted)
                                    .orElse(
                                            " The keys are "
                                                    + String.join(", ", keys.values())
                                                    + ".");
            var fixes =
                    guess.map(name -> new Fix[] {new Fix("Write " + name, entry.keyRange(), name)})
                            .orElse(new Fix[0]);
            findings.add(
                    hot ? Rule.RESOURCE_KEY : Rule.RESOURCE_KEY_IGNORED,
                    entry.keyRange(),
                    path.to(entry.key()).toString(),
                    hot ? detail : detail + " It is ignored.",
                    fixes);
        }
    }

    /** A key without a value says nothing; only a condition and an id may be left open. */
    private void empty(Node.Mapping body, Path path) {
        for (String key : List.of("deletion_policy", "update_policy", "description")) {
            Node.Entry entry = find(body, key);
            if (entry != null && entry.value().isNull()) {
                wrong(entry.value(), path.to(entry.key()), "A value is needed here, not %s.");
            }
        }
    }

    private Node.@Nullable Scalar type(Node.Entry resource, Node.Mapping body, Path path) {
        Node.Entry entry = find(body, "type");
        if (entry == null
                || entry.value().isNull()
                || (entry.value() instanceof Node.Scalar word && word.text().isEmpty())) {
            findings.add(
                    Rule.RESOURCE_TYPE_MISSING,
                    resource.keyRange(),
                    path.toString(),
                    "The resource `%s` needs a %s, such as OS::Nova::Server."
                            .formatted(resource.key(), keys.get("type")));
            return null;
        }
        if (entry.value() instanceof Node.Scalar scalar && scalar.value() instanceof Value.Text) {
            return scalar;
        }
        wrong(entry.value(), path, "The type of a resource is a text, not %s.");
        return null;
    }

    private Expression map(Node.Mapping body, String key, Path path, TextRange otherwise) {
        Node.Entry entry = find(body, key);
        if (entry == null) {
            return Expression.nothing(otherwise);
        }
        if (!(entry.value() instanceof Node.Mapping)) {
            wrong(entry.value(), path.to(entry.key()), "A map is needed here, not %s.");
            return Expression.nothing(entry.keyRange());
        }
        return expressions.read(entry.value());
    }

    private List<ResourceDefinition.Reference> dependsOn(Node.Mapping body, Path path) {
        Node.Entry entry = find(body, "depends_on");
        if (entry == null) {
            return List.of();
        }
        var nodes =
                entry.value() instanceof Node.Sequence sequence
                        ? sequence.items()
                        : List.of(entry.value());
        var names = new ArrayList<ResourceDefinition.Reference>();
        for (Node node : nodes) {
            if (node instanceof Node.Scalar scalar && scalar.value() instanceof Value.Text name) {
                names.add(new ResourceDefinition.Reference(name.value(), scalar.range()));
            } else {
                wrong(node, path.to(entry.key()), "Names of resources are needed here, not %s.");
            }
        }
        return names;
    }

    private @Nullable Expression expression(Node.Mapping body, String key) {
        Node.Entry entry = find(body, key);
        return entry == null || entry.value().isNull() ? null : expressions.read(entry.value());
    }

    private @Nullable Expression updatePolicy(Node.Mapping body, Path path) {
        Node.Entry entry = find(body, "update_policy");
        if (entry == null || entry.value().isNull()) {
            return null;
        }
        if (!(entry.value() instanceof Node.Mapping)) {
            wrong(entry.value(), path.to(entry.key()), "A map is needed here, not %s.");
            return null;
        }
        return expressions.read(entry.value());
    }

    private @Nullable String description(Node.Mapping body, Path path) {
        Node.Entry entry = find(body, "description");
        if (entry == null || entry.value().isNull()) {
            return null;
        }
        if (entry.value() instanceof Node.Scalar scalar
                && scalar.value() instanceof Value.Text(var words)) {
            return words;
        }
        wrong(entry.value(), path.to(entry.key()), "A description is a text, not %s.");
        return null;
    }

    private @Nullable Expression condition(Node.Mapping body) {
        Node.Entry entry = find(body, "condition");
        return entry == null || entry.value().isNull()
                ? null
                : expressions.condition(entry.value());
    }

    private void wrong(Node node, Path path, String detail) {
        findings.add(
                Rule.WRONG_SHAPE,
                node.range(),
                path.toString(),
                detail.formatted(Nodes.kind(node)));
    }
}
