package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.resource.Properties;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.Source;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.template.CheckOptions;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Environment;
import dev.stackwright.template.Facade;
import dev.stackwright.template.Limits;
import dev.stackwright.template.Members;
import dev.stackwright.template.NestedTemplate;
import dev.stackwright.template.StackIdentity;
import dev.stackwright.template.TemplateReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Works out what stands behind resources that are stacks of their own. */
final class Insides {

    private static final String CHAIN = "OS::Heat::ResourceChain";
    private static final String STACK = "OS::Heat::Stack";
    private static final String AMAZONS = "AWS::CloudFormation::Stack";

    private final StackStore store;
    private final Limits limits;

    Insides(StackStore store, Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** Whether a resource is a stack of its own. */
    static boolean isInside(CheckedTemplate parent, String resource) {
        return Handlers.STACKS.contains(parent.typeOf(resource))
                || parent.nestedOf(resource).isPresent();
    }

    /** Whether a type is a whole template as one resource. */
    static boolean isWhole(String type) {
        return type.equals(STACK) || type.equals(AMAZONS);
    }

    /** Whether a type has members that change in number. */
    static boolean isGroup(String type) {
        return ServerGroups.is(type) || (Members.isGroup(type) && !type.equals(CHAIN));
    }

    /** How a group stands: what its members are, and how they are. */
    Group.Standing standing(StackView child, ResourceRow row) {
        var members = new LinkedHashMap<String, Value.Entries>();
        store.source(child.id(), child.version())
                .filter(Source::isGenerated)
                .map(source -> Properties.read(source.template()))
                .ifPresent(template -> members.putAll(members(template)));
        var failed = new LinkedHashSet<String>();
        var references = new LinkedHashMap<String, Set<String>>();
        for (var one : store.resources(child.id())) {
            if (one.standing() != ResourceRow.Standing.CURRENT) {
                continue;
            }
            var name = one.view().name();
            if (one.view().progress() == StackProgress.FAILED) {
                failed.add(name);
            }
            var names = references.computeIfAbsent(name, _ -> new LinkedHashSet<>());
            if (one.view().physicalId() != null) {
                names.add(one.view().physicalId());
            }
            if (Applied.read(one.applied()).reference() instanceof Value.Text(var reference)) {
                names.add(reference);
            }
        }
        var removed = new LinkedHashSet<String>();
        Applied.read(row.applied())
                .memory()
                .path("removed")
                .forEach(one -> removed.add(one.asString()));
        return new Group.Standing(members, failed, references, removed);
    }

    private static Map<String, Value.Entries> members(Value template) {
        var members = new LinkedHashMap<String, Value.Entries>();
        if (template instanceof Value.Entries(var sections)
                && sections.get("resources") instanceof Value.Entries(var resources)) {
            resources.forEach((name, definition) -> {
                if (definition instanceof Value.Entries entries) {
                    members.put(name, entries);
                }
            });
        }
        return members;
    }

    /** A group as it is to be, seen from how it stands. */
    Group group(
            @org.jspecify.annotations.Nullable StackView stack,
            String type,
            Value.Entries properties,
            Facade facade,
            String seed,
            Group.Standing standing) {
        if (ServerGroups.is(type)) {
            return new Group(
                    Group.SCALING,
                    ServerGroups.asScaling(
                            properties, facade.updatePolicy(), name -> configuration(stack, name)),
                    facade.updatePolicy(),
                    seed,
                    standing);
        }
        return new Group(type, properties, facade.updatePolicy(), seed, standing);
    }

    /** The launch configuration of this name in the same project. */
    private Map<String, Value> configuration(
            @org.jspecify.annotations.Nullable StackView stack, String name) {
        if (stack == null) {
            throw new Unforeseen(name);
        }
        return store.appliedTo(stack, name, Set.of(ServerGroups.CONFIGURATION))
                .map(applied -> Applied.read(applied).properties().values())
                .orElseThrow(() ->
                        new Impossible(
                                "There is no launch configuration %s in this project"
                                        .formatted(name)));
    }

    /** The stack behind anything but a group. */
    Behind behind(
            CheckedTemplate parent, String resource, Value.Entries properties, Facade facade) {
        var file = parent.nestedOf(resource);
        if (file.isPresent()) {
            return new Behind(file.get(), properties, facade, false);
        }
        return switch (parent.typeOf(resource)) {
            case CHAIN -> chain(parent, resource, properties, facade);
            case STACK -> {
                refuseElsewhere(properties.values().get("context"));
                yield stack(
                        parent,
                        resource,
                        text(properties.values().getOrDefault("template", Value.NULL)),
                        properties.values().get("parameters"),
                        facade);
            }
            case AMAZONS ->
                    stack(
                            parent,
                            resource,
                            file(
                                    parent,
                                    properties.values().getOrDefault("TemplateURL", Value.NULL)),
                            properties.values().get("Parameters"),
                            facade);
            default ->
                    throw new Impossible(
                            "Stackwright cannot make %s yet".formatted(parent.typeOf(resource)));
        };
    }

    /** The stack behind a group with these members. */
    Behind behind(
            CheckedTemplate parent,
            String group,
            Map<String, Value.Entries> members,
            Facade facade) {
        return new Behind(
                parent.membersOf(group, members), new Value.Entries(Map.of()), facade, true);
    }

    /** Each member of a chain is given the properties that it takes, and no others. */
    private Behind chain(
            CheckedTemplate parent, String resource, Value.Entries properties, Facade facade) {
        if (properties.values().get("resources") instanceof Value.Unknown(var source)) {
            throw new Unforeseen(source);
        }
        var members = Members.ofChain(properties);
        var bare = new LinkedHashMap<String, Value.Entries>();
        members.forEach((name, member) -> bare.put(name, without(member, Set.of())));
        var kinds =
                parent.membersOf(resource, bare)
                        .check(
                                new Value.Entries(Map.of()),
                                facade,
                                StackIdentity.UNKNOWN,
                                Constraints.UNCHECKED,
                                CheckOptions.STRUCTURE)
                        .template();
        var fitting = new LinkedHashMap<String, Value.Entries>();
        members.forEach((name, member) ->
                fitting.put(
                        name,
                        kinds.map(checked -> without(member, taken(checked, name)))
                                .orElse(member)));
        return behind(parent, resource, fitting, facade);
    }

    private static Set<String> taken(CheckedTemplate checked, String member) {
        return checked.resourceTypeOf(member)
                .or(() -> checked.nestedOf(member).map(NestedTemplate::type))
                .map(type -> type.properties().keySet())
                .orElse(Set.of());
    }

    private static Value.Entries without(Value.Entries member, Set<String> kept) {
        var parts = new LinkedHashMap<>(member.values());
        if (parts.get("properties") instanceof Value.Entries(var given)) {
            var fitting = new LinkedHashMap<>(given);
            fitting.keySet().retainAll(kept);
            parts.put("properties", new Value.Entries(fitting));
        }
        return new Value.Entries(parts);
    }

    /** A whole template as one resource, here and as whoever made the stack around it. */
    private Behind stack(
            CheckedTemplate parent,
            String resource,
            String text,
            @org.jspecify.annotations.Nullable Value given,
            Facade facade) {
        var read = TemplateReader.read(text, limits);
        var template =
                read.template()
                        .orElseThrow(() ->
                                new Impossible(
                                        "Its template cannot be read: "
                                                + read.diagnostics().errors().getFirst().detail()));
        var around = parent.membersOf(resource, Map.of());
        if (around.limits().nesting() < 1) {
            throw new Impossible("Stacks are inside stacks deeper than the limit allows here");
        }
        Environment environment = around.environment();
        var parameters =
                given instanceof Value.Entries entries ? entries : new Value.Entries(Map.of());
        for (var name : parameters.values().keySet()) {
            if (!template.parameters().containsKey(name)) {
                throw new Impossible("Its template has no parameter " + name);
            }
        }
        return new Behind(
                new NestedTemplate(
                        STACK,
                        template,
                        environment,
                        parent.files(),
                        around.catalog(),
                        around.limits()),
                parameters,
                facade,
                false);
    }

    private static String text(Value template) {
        return switch (template) {
            case Value.Unknown(var source) -> throw new Unforeseen(source);
            case Value.Text(var given) -> given;
            case Value.Entries entries -> Properties.json(entries).toString();
            default -> throw new Impossible("Its template is no text");
        };
    }

    /** Whoever wrote the template put beside it what it names; nothing is fetched. */
    private static String file(CheckedTemplate parent, Value address) {
        return switch (address) {
            case Value.Unknown(var source) -> throw new Unforeseen(source);
            case Value.Text(var name) when parent.files().containsKey(name) ->
                    parent.files().get(name);
            case Value.Text(var name) ->
                    throw new Impossible(
                            "Its template %s is not among the files of this stack. Add it there under this name"
                                    .formatted(name));
            default -> throw new Impossible("Its TemplateURL is no text");
        };
    }

    private static void refuseElsewhere(@org.jspecify.annotations.Nullable Value context) {
        if (!(context instanceof Value.Entries(var parts))) {
            return;
        }
        for (var foreign : List.of("region_name", "credential_secret_id")) {
            if (parts.get(foreign) instanceof Value.Text(var text) && !text.isBlank()) {
                throw new Impossible(
                        "Stackwright makes it in the cloud and region of the stack around it, as"
                                + " the same person. Leave %s out of its context."
                                        .formatted(foreign));
            }
        }
    }
}
