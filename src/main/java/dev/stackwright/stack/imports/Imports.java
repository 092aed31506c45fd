package dev.stackwright.stack.imports;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.store.StackStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Takes what is on the cloud already, without a stack, and writes the template of one for it. */
@Service
public class Imports {

    /** How many things one stack can be made of here. */
    public static final int MOST = 200;

    /** How many of a kind are shown; who has more says which. */
    public static final int SHOWN = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Inventory inventory;
    private final StackStore stacks;

    Imports(Inventory inventory, StackStore stacks) {
        this.inventory = inventory;
        this.stacks = stacks;
    }

    /**
     * A thing of the project.
     *
     * @param stack the name of the one that has it already, so that no other can
     */
    public record Candidate(ObjectRef ref, String name, @Nullable String stack) {}

    /**
     * The first of what there is, by kind and name; ports of servers come with these.
     *
     * @param text what names are to contain, in any case
     */
    public Map<Kind, List<Candidate>> candidates(Viewer viewer, String text) {
        var part = text.strip().toLowerCase(Locale.ROOT);
        var found = new LinkedHashMap<Kind, Map<String, String>>();
        for (var kind : TemplateWriter.KINDS) {
            var names = new LinkedHashMap<String, String>();
            if (kind == Kind.SERVER) {
                servers(viewer, part).forEach(one -> names.put(one.id(), one.name()));
            } else {
                objects(viewer, kind).stream()
                        .filter(one -> kind != Kind.PORT || one.text("device_id").isEmpty())
                        .filter(one -> kind != Kind.SECURITY_GROUP || !isEveryProjects(one))
                        .filter(one -> one.label().toLowerCase(Locale.ROOT).contains(part))
                        .limit(SHOWN)
                        .forEach(one -> names.put(one.id(), one.label()));
            }
            found.put(kind, names);
        }
        var ids = new LinkedHashSet<String>();
        found.values().forEach(names -> ids.addAll(names.keySet()));
        var taken = stacks.livingStacksOf(viewer.cloud(), viewer.project(), ids);
        var candidates = new LinkedHashMap<Kind, List<Candidate>>();
        found.forEach((kind, names) -> {
            if (!names.isEmpty()) {
                candidates.put(
                        kind,
                        names.entrySet().stream()
                                .map(one -> candidate(kind, one, taken.get(one.getKey())))
                                .toList());
            }
        });
        return candidates;
    }

    /** Those of these things that are there, whatever they are called. */
    public List<Candidate> chosen(Viewer viewer, Collection<ObjectRef> wanted) {
        var found =
                wanted.stream()
                        .distinct()
                        .limit(MOST)
                        .map(ref -> find(viewer, ref))
                        .flatMap(Optional::stream)
                        .toList();
        var taken =
                stacks.livingStacksOf(
                        viewer.cloud(),
                        viewer.project(),
                        found.stream().map(Live::id).collect(Collectors.toSet()));
        return found.stream()
                .map(one ->
                        candidate(
                                one.kind(),
                                Map.entry(one.id(), one.name().isEmpty() ? one.id() : one.name()),
                                taken.get(one.id())))
                .toList();
    }

    private static Candidate candidate(
            Kind kind, Map.Entry<String, String> one, Map.@Nullable Entry<UUID, String> stack) {
        return new Candidate(
                new ObjectRef(kind, one.getKey()),
                one.getValue(),
                stack == null ? null : stack.getValue());
    }

    private List<ServerRow> servers(Viewer viewer, String part) {
        return inventory
                .servers(
                        viewer,
                        new ServerQuery(
                                part.isEmpty() ? null : part,
                                null,
                                null,
                                null,
                                null,
                                null,
                                ServerQuery.Sort.NAME,
                                false,
                                SHOWN,
                                null,
                                false))
                .rows();
    }

    /** Neutron makes it with the project, and nobody can delete it. */
    private static boolean isEveryProjects(CloudObject group) {
        return group.name().equals("default");
    }

    private List<CloudObject> objects(Viewer viewer, Kind kind) {
        return inventory.objects(viewer, kind).stream()
                .filter(one -> viewer.project().equals(one.project()))
                .toList();
    }

    /**
     * The template of those of these things that are the project's own, and of the ports of its
     * servers; empty when none is.
     */
    public Optional<WrittenTemplate> write(Viewer viewer, Collection<ObjectRef> wanted) {
        var live = new LinkedHashMap<ObjectRef, Live>();
        for (var ref : wanted.stream().distinct().limit(MOST).toList()) {
            find(viewer, ref).ifPresent(one -> live.put(ref, one));
        }
        if (live.isEmpty()) {
            return Optional.empty();
        }
        var ports = objects(viewer, Kind.PORT);
        for (var port : ports) {
            var server = new ObjectRef(Kind.SERVER, port.text("device_id"));
            if (live.containsKey(server)) {
                live.put(port.ref(), live(port));
            }
        }
        refuseTaken(viewer, live);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                TemplateWriter.write(
                        live.values(),
                        ports.stream()
                                .filter(port -> isInterface(port.text("device_owner")))
                                .map(Imports::live)
                                .toList(),
                        names(viewer)));
    }

    private static boolean isInterface(String owner) {
        return owner.startsWith("network:") && owner.contains("router_interface");
    }

    /** What a stack has already stays with that. */
    private void refuseTaken(Viewer viewer, Map<ObjectRef, Live> live) {
        Set<String> ids = live.keySet().stream().map(ObjectRef::id).collect(Collectors.toSet());
        var taken = stacks.livingStacksOf(viewer.cloud(), viewer.project(), ids).keySet();
        live.keySet().removeIf(ref -> taken.contains(ref.id()));
    }

    private Optional<Live> find(Viewer viewer, ObjectRef ref) {
        if (!TemplateWriter.KINDS.contains(ref.kind())) {
            return Optional.empty();
        }
        if (ref.kind() == Kind.SERVER) {
            return inventory
                    .server(viewer, ref.id())
                    .filter(one -> one.row().project().equals(viewer.project()))
                    .map(one -> new Live(Kind.SERVER, ref.id(), one.row().name(), one.facts()));
        }
        return inventory.findAll(viewer, ref.kind(), List.of(ref.id())).stream()
                .filter(one -> viewer.project().equals(one.project()))
                .map(Imports::live)
                .findFirst();
    }

    private static Live live(CloudObject one) {
        return new Live(one.kind(), one.id(), one.name(), one.facts());
    }

    private Function<ObjectRef, String> names(Viewer viewer) {
        var known = new LinkedHashMap<ObjectRef, String>();
        return ref ->
                Objects.requireNonNull(
                        known.computeIfAbsent(
                                ref,
                                one ->
                                        inventory
                                                .findAll(viewer, one.kind(), List.of(one.id()))
                                                .stream()
                                                .map(CloudObject::name)
                                                .findFirst()
                                                .orElse("")));
    }

    /** A template and its ids as the export of a stack, which is what is adopted. */
    public static String export(String template, Map<String, String> ids) {
        var json = JSON.createObjectNode().put("template", template);
        var resources = json.putObject("resources");
        ids.forEach((name, id) -> resources.putObject(name).put("resource_id", id));
        return JSON.writeValueAsString(json);
    }

    /** Things as a form names them: the kind, a space, the id. What is none is left out. */
    public static List<ObjectRef> refs(Collection<String> words) {
        var refs = new ArrayList<ObjectRef>();
        for (var word : words) {
            int space = word.indexOf(' ');
            TemplateWriter.KINDS.stream()
                    .filter(kind -> space > 0 && kind.name().equals(word.substring(0, space)))
                    .map(kind -> new ObjectRef(kind, word.substring(space + 1)))
                    .forEach(refs::add);
        }
        return refs;
    }
}
