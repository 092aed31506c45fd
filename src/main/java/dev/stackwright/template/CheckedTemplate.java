package dev.stackwright.template;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.catalog.ResourceType;
import dev.stackwright.graph.Graph;
import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template without mistakes, for the parameter values that it was checked with. Only {@link
 * TemplateCheck} makes one.
 */
public final class CheckedTemplate {

    private final Template template;
    private final ParameterValues values;
    private final Environment environment;
    private final Map<String, String> files;
    private final Catalog catalog;
    private final Limits limits;
    private final Facade facade;
    private final Map<String, ResourceDefinition> resources;
    private final Map<String, OutputDefinition> outputs;
    private final Map<String, ResourceKind> kinds;
    private final Map<String, DeletionPolicy> deletionPolicies;
    private final long resourcesInAll;
    private final Graph<String> graph;

    CheckedTemplate(
            Template template,
            ParameterValues values,
            Environment environment,
            Map<String, String> files,
            Catalog catalog,
            Limits limits,
            Facade facade,
            Map<String, ResourceDefinition> resources,
            Map<String, OutputDefinition> outputs,
            Map<String, ResourceKind> kinds,
            Map<String, DeletionPolicy> deletionPolicies,
            long resourcesInAll,
            Graph<String> graph) {
        this.template = template;
        this.values = values;
        this.environment = environment;
        this.catalog = catalog;
        this.limits = limits;
        this.facade = facade;
        this.resourcesInAll = resourcesInAll;
        this.files = Map.copyOf(files);
        this.resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
        this.outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        this.kinds = Map.copyOf(kinds);
        this.deletionPolicies = Map.copyOf(deletionPolicies);
        this.graph = graph;
    }

    /** What was checked. */
    public Template source() {
        return template;
    }

    public Map<String, ParameterDefinition> parameters() {
        return template.parameters();
    }

    /** The values that it was checked with. */
    public ParameterValues values() {
        return values;
    }

    /** The environment that it was checked with. */
    public Environment environment() {
        return environment;
    }

    /** What is known about the resource that it stands for, when it is nested. */
    public Facade facade() {
        return facade;
    }

    /** How many resources there are, those of nested templates and groups included. */
    public long resourcesInAll() {
        return resourcesInAll;
    }

    /** The texts that get_file finds, by path. */
    public Map<String, String> files() {
        return files;
    }

    /** The resources that there are with these parameter values, in the order of the text. */
    public Map<String, ResourceDefinition> resources() {
        return resources;
    }

    /** The outputs whose condition holds. */
    public Map<String, OutputDefinition> outputs() {
        return outputs;
    }

    /** Which resource needs which, by logical name, said or implied. */
    public Graph<String> graph() {
        return graph;
    }

    /** What the type of a resource means once the environment's registry was asked. */
    public String typeOf(String resource) {
        ResourceKind kind = kinds.get(resource);
        return kind == null ? "" : kind.name();
    }

    /** The built-in type of a resource; empty when a template stands for it. */
    public Optional<ResourceType> resourceTypeOf(String resource) {
        return kinds.get(resource) instanceof ResourceKind.Native kind
                ? Optional.of(kind.type())
                : Optional.empty();
    }

    /** The template file that a resource uses as its type; empty when it has a built-in type. */
    public Optional<NestedTemplate> nestedOf(String resource) {
        return kinds.get(resource) instanceof ResourceKind.Nested nested
                ? Optional.of(inside(resource, nested.name(), nested.template()))
                : Optional.empty();
    }

    /**
     * A group's members as a template.
     *
     * @param definitions by the members' names, as {@link Members} makes them
     */
    public NestedTemplate membersOf(String group, Map<String, Value.Entries> definitions) {
        return inside(group, typeOf(group), Members.template(definitions));
    }

    private NestedTemplate inside(String resource, String name, Template nested) {
        ResourceDefinition definition = resources.get(resource);
        String type = definition == null ? "" : definition.type();
        return new NestedTemplate(
                name, nested, environment.inside(resource, type), files, catalog, limits.inside());
    }

    public DeletionPolicy deletionPolicyOf(String resource) {
        DeletionPolicy policy = deletionPolicies.get(resource);
        return policy == null ? DeletionPolicy.DELETE : policy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CheckedTemplate checked
                && template.equals(checked.template)
                && values.equals(checked.values)
                && environment.equals(checked.environment)
                && files.equals(checked.files);
    }

    @Override
    public int hashCode() {
        return template.text().hashCode();
    }
}
