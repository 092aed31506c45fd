package dev.stackwright.template;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks what stands behind resources: template files that are used as types, and the definitions
 * of a group's members. What is found inside a file is told at the resource that uses it; what is
 * found in a member's definition, at the very place where that is written.
 */
final class NestedCheck {

    private static final int MOST_TOLD = 10;

    private final Environment environment;
    private final Map<String, String> files;
    private final Catalog catalog;
    private final CheckOptions options;
    private final Limits limits;
    private final Nesting nesting;
    private final Evaluation evaluation;
    private final Findings findings;
    private long resources;

    NestedCheck(
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            CheckOptions options,
            Limits limits,
            Nesting nesting,
            Evaluation evaluation,
            Findings findings) {
        this.environment = environment;
        this.files = files;
        this.catalog = catalog;
        this.options = options;
        this.limits = limits;
        this.nesting = nesting;
        this.evaluation = evaluation;
        this.findings = findings;
    }

    /** How many resources stand behind those that were looked at. */
    long resources() {
        return resources;
    }

    /** A template that a resource uses as its type. */
    void file(ResourceDefinition definition, ResourceKind.Nested kind, Path path) {
        Value properties = evaluation.quietly(() -> evaluation.value(definition.properties()));
        boolean own = properties instanceof Value.Entries && !nesting.isCrowded();
        var template =
                new NestedTemplate(
                        kind.name(),
                        kind.template(),
                        environment.inside(definition.name(), definition.type()),
                        files,
                        catalog,
                        limits.inside());
        var inside =
                check(
                        template,
                        own && properties instanceof Value.Entries entries
                                ? entries
                                : anything(kind.template()),
                        definition.typeRange(),
                        path.to("type"));
        if (inside.isEmpty()) {
            return;
        }
        inside.get().diagnostics().errors().stream()
                .limit(MOST_TOLD)
                .forEach(error ->
                        findings.add(
                                Rule.NESTED_TEMPLATE,
                                definition.typeRange(),
                                path.to("type").toString(),
                                "%s, line %d: %s"
                                        .formatted(
                                                kind.name(),
                                                error.range().line(),
                                                error.detail())));
    }

    /** Properties of which nothing is known. */
    private static Value.Entries anything(Template template) {
        var unknown = new LinkedHashMap<String, Value>();
        template.parameters().keySet().forEach(name -> unknown.put(name, new Value.Unknown(name)));
        return new Value.Entries(unknown);
    }

    /** The members of a group; one of them stands for all. */
    void group(ResourceDefinition definition, String type, Path path) {
        Value properties = evaluation.quietly(() -> evaluation.value(definition.properties()));
        if (!(properties instanceof Value.Entries entries)) {
            return;
        }
        Value size =
                switch (type) {
                    case "OS::Heat::ResourceGroup" ->
                            entries.values().getOrDefault("count", Value.of(1));
                    case "OS::Heat::AutoScalingGroup" ->
                            entries.values()
                                    .getOrDefault(
                                            "desired_capacity",
                                            entries.values().getOrDefault("min_size", Value.NULL));
                    default -> Value.of(1);
                };
        long count = size instanceof Value.Num(var number) ? number.longValue() : 1;
        if (count == 0 && type.equals("OS::Heat::ResourceGroup")) {
            return; // as under Heat; with a count that is wrong one member is looked at
        }
        var members =
                switch (type) {
                    case "OS::Heat::ResourceGroup" ->
                            Members.ofResourceGroup(entries, List.of("0"));
                    case "OS::Heat::AutoScalingGroup" ->
                            Members.ofAutoScalingGroup(entries, List.of("member"));
                    default -> Members.ofChain(entries);
                };
        String written =
                switch (type) {
                    case "OS::Heat::ResourceGroup" -> "resource_def";
                    case "OS::Heat::AutoScalingGroup" -> "resource";
                    default -> "resources";
                };
        if (members.values().stream()
                .anyMatch(member -> !(member.values().get("type") instanceof Value.Text))) {
            return; // the check of the properties tells
        }
        Expression place = place(definition.properties(), List.of(written));
        TextRange range = place == null ? definition.range() : place.range();
        Path at = path.to("properties").to(written);
        long before = resources;
        check(
                        new NestedTemplate(
                                type,
                                Members.template(members),
                                environment.inside(definition.name(), definition.type()),
                                files,
                                catalog,
                                limits.inside()),
                        new Value.Entries(Map.of()),
                        range,
                        at)
                .ifPresent(inside ->
                        inside.diagnostics().all().stream()
                                // A member of a chain is given only what it takes.
                                .filter(found ->
                                        !type.equals("OS::Heat::ResourceChain")
                                                || !found.code()
                                                        .equals(Rule.UNKNOWN_PROPERTY.code()))
                                .forEach(found -> member(found, place, range, at)));
        resources = before + (resources - before) * Math.max(1, count);
    }

    /** What is wrong with a member, told where its definition is written. */
    private void member(Diagnostic found, @Nullable Expression place, TextRange range, Path at) {
        var steps = steps(found.path());
        Expression exact =
                place == null || steps.size() < 3
                        ? place
                        : placeBefore(place, steps.subList(2, steps.size()));
        findings.add(
                found,
                exact == null ? range : exact.range(),
                steps.size() < 3
                        ? at.toString()
                        : at + "." + String.join(".", steps.subList(2, steps.size())));
    }

    /** {@code a.b[0].c} as a, b, [0], c. */
    private static List<String> steps(String path) {
        return path.isEmpty()
                ? List.of()
                : List.of(path.replace("[", ".[").replaceFirst("^\\.", "").split("\\."));
    }

    private static @Nullable Expression place(Expression from, List<String> steps) {
        Expression here = from;
        for (String step : steps) {
            here = inside(here, step);
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    /** As far as the steps lead. */
    private static Expression placeBefore(Expression from, List<String> steps) {
        Expression here = from;
        for (String step : steps) {
            Expression next = inside(here, step);
            if (next == null) {
                return here;
            }
            here = next;
        }
        return here;
    }

    private static @Nullable Expression inside(Expression here, String step) {
        return switch (here) {
            case Expression.MapOf map -> map.find(step).map(Expression.Member::value).orElse(null);
            case Expression.ListOf list -> {
                boolean index = step.matches("\\[\\d{1,6}]");
                int at = index ? Integer.parseInt(step.substring(1, step.length() - 1)) : -1;
                yield at >= 0 && at < list.items().size() ? list.items().get(at) : null;
            }
            case Expression.Literal _, Expression.Call _ -> null;
        };
    }

    private Optional<Checked> check(
            NestedTemplate template, Value.Entries properties, TextRange range, Path path) {
        Optional<Checked> inside = Optional.empty();
        if (limits.nesting() > 0) {
            inside =
                    nesting.check(
                            new Nesting.Use(template.name(), template.environment(), properties),
                            () ->
                                    TemplateCheck.check(
                                            template.template(),
                                            template.environment(properties),
                                            files,
                                            catalog,
                                            Constraints.UNCHECKED,
                                            StackIdentity.UNKNOWN,
                                            Facade.UNKNOWN,
                                            new CheckOptions(options.values(), false, false),
                                            template.limits(),
                                            nesting));
        }
        if (inside.isEmpty()) {
            findings.add(
                    Rule.NESTED_TOO_DEEP,
                    range,
                    path.toString(),
                    "Templates use templates deeper than the limit allows here, or %s uses itself."
                            .formatted(template.name()));
        } else {
            resources +=
                    inside.get()
                            .template()
                            .map(checked -> checked.resourcesInAll())
                            .orElse((long) template.template().resources().size());
        }
        return inside;
    }
}
