package dev.stackwright.web.instances;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ObjectRef;
import dev.stackwright.inventory.ServerAction;
import dev.stackwright.inventory.ServerDetail;
import dev.stackwright.metering.StackMembership;
import dev.stackwright.metering.StackOf;
import dev.stackwright.operations.Verdicts;
import dev.stackwright.web.doctor.VerdictWords;
import dev.stackwright.web.frame.Cell;
import dev.stackwright.web.frame.Deed;
import dev.stackwright.web.frame.Fact;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ObjectStatuses;
import dev.stackwright.web.resources.ResourceLinks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One instance: what it is, what was done to it, and what can be done now. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances/{id}")
class InstanceController {

    private static final Pattern BORDER = Pattern.compile("_|(?<=[a-z])(?=[A-Z])");
    private static final int LOG_LINES = 200;
    private static final Map<String, Map<String, Integer>> LAST_LINES =
            Map.of("os-getConsoleOutput", Map.of("length", LOG_LINES));

    private final Inventory inventory;
    private final DeedForms forms;
    private final Verdicts verdicts;
    private final ObjectProvider<StackMembership> stacks;

    InstanceController(
            Inventory inventory,
            DeedForms forms,
            Verdicts verdicts,
            ObjectProvider<StackMembership> stacks) {
        this.inventory = inventory;
        this.forms = forms;
        this.verdicts = verdicts;
        this.stacks = stacks;
    }

    @GetMapping
    String show(Visit visit, @PathVariable String id, Model model) {
        model.addAttribute("page", page(visit, found(visit, id)));
        return "instances/instance";
    }

    @GetMapping("/changes")
    Object changes(
            Visit visit,
            @PathVariable String id,
            @RequestParam(defaultValue = "-1") long since,
            @RequestParam(defaultValue = "") String verdict) {
        if (inventory.revision(visit.cloud(), visit.viewer().project()) == since
                && verdicts.mark(visit.viewer()).equals(verdict)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        return inventory
                .server(visit.viewer(), id)
                .<Object>map(server ->
                        new ModelAndView(
                                "instances/_instance_changes", Map.of("page", page(visit, server))))
                // Gone: the page itself says so when it is asked for again.
                .orElseGet(() -> ResponseEntity.noContent().header("HX-Refresh", "true").build());
    }

    /** The last lines of the console: the one page that asks the cloud while somebody waits. */
    @GetMapping("/log")
    String log(Visit visit, @PathVariable String id, Model model) {
        var server = found(visit, id);
        String text = "";
        Words trouble = null;
        try {
            text =
                    visit.as(os ->
                            os.call(
                                            Request.post(
                                                            Service.COMPUTE,
                                                            "/servers/{}/action",
                                                            server.row().id())
                                                    .body(LAST_LINES)
                                                    .whileSomebodyWaits())
                                    .body()
                                    .path("output")
                                    .asString(""));
        } catch (CloudFailure failure) {
            trouble = Words.of("instances.log.failed", failure.said());
        }
        model.addAttribute(
                "page",
                new LogPage(
                        server.row().name(),
                        printable(text),
                        LOG_LINES,
                        trouble,
                        visit.path("instances"),
                        visit.path("instances", id),
                        visit.path("instances", id, "log")));
        return "instances/log";
    }

    /** A console says what it likes: colours and bells have no place on a page. */
    private static String printable(String text) {
        return text.replaceAll("\\x1B\\[[0-9;?]*[ -/]*[@-~]", "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cc}&&[^\n\t]]", "");
    }

    private ServerDetail found(Visit visit, String id) {
        return DeedController.found(inventory, visit, id);
    }

    private InstancePage page(Visit visit, ServerDetail server) {
        var revision = inventory.revision(visit.cloud(), visit.viewer().project());
        var mark = verdicts.mark(visit.viewer());
        var row = server.row();
        var now = visit.format().now();
        var verdict = verdicts.ofServer(visit.viewer(), row);
        // The card says why; a line of it beside the name would say it twice.
        var status = ServerStatuses.of(visit, row, verdict.orElse(null), now).without();
        var stack = stackOf(visit, row.id());
        var changes =
                visit.path("instances", row.id(), "changes")
                        + "?since="
                        + revision
                        + "&verdict="
                        + mark;
        return new InstancePage(
                row.id(),
                row.name().isBlank() ? row.id() : row.name(),
                status,
                lead(row.status(), visit.format(), row.statusSince(), row.created()),
                Stream.concat(
                                deeds(visit, server, ServerDeed.Group.POWER).stream(),
                                deeds(visit, server, ServerDeed.Group.END).stream())
                        .toList(),
                more(visit, server),
                verdict.map(known -> VerdictWords.card(visit, known, null, row.id())).orElse(null),
                facts(visit, server),
                server.ports().stream().map(port -> port(visit, server, port)).toList(),
                server.volumes().stream().map(each -> volume(visit, each)).toList(),
                server.actions().stream().map(InstanceController::action).toList(),
                server.actions().isEmpty(),
                new InstancePage.Links(
                        visit.path("instances", row.id()),
                        visit.path("instances"),
                        visit.path("instances", row.id(), "metrics"),
                        visit.path("instances", row.id(), "log"),
                        visit.path("usage", "resources", row.id()),
                        stack == null ? null : visit.path("stacks", stack.id()),
                        stack == null ? null : stack.name()),
                server.seen(),
                revision,
                changes,
                status.tone().isMoving() || server.actions().isEmpty() ? "4s" : "20s");
    }

    private @Nullable StackOf stackOf(Visit visit, String id) {
        var membership = stacks.getIfAvailable();
        return membership == null
                ? null
                : membership.stacksOf(visit.cloud(), visit.viewer().project(), Set.of(id)).get(id);
    }

    private static Words lead(String status, Format format, Instant since, Instant created) {
        return Words.of(
                "instances.lead.row",
                ServerStatuses.word(status),
                format.at(since),
                format.dateTime(created));
    }

    private List<Deed> deeds(Visit visit, ServerDetail server, ServerDeed.Group group) {
        var id = server.row().id();
        return Arrays.stream(ServerDeed.values())
                .filter(deed -> deed.group() == group && deed.isOfferedTo(visit))
                .map(deed ->
                        new Deed(
                                deed.path(),
                                deed.label(),
                                visit.path("instances", id, deed.path()),
                                deed.asks() || deed == ServerDeed.DELETE
                                        ? visit.path("instances", id, deed.path())
                                        : null,
                                forms.unable(visit, server, deed),
                                deed.isDangerous()))
                .toList();
    }

    private List<InstancePage.DeedGroup> more(Visit visit, ServerDetail server) {
        return Stream.of(
                        ServerDeed.Group.REST,
                        ServerDeed.Group.CHANGE,
                        ServerDeed.Group.PARTS,
                        ServerDeed.Group.ADMIN)
                .map(group ->
                        new InstancePage.DeedGroup(
                                Words.of(
                                        "instances.group." + group.name().toLowerCase(Locale.ROOT)),
                                deeds(visit, server, group)))
                .filter(group -> !group.deeds().isEmpty())
                .toList();
    }

    private static List<Fact> facts(Visit visit, ServerDetail server) {
        var row = server.row();
        var format = visit.format();
        var facts = new ArrayList<Fact>();
        facts.add(
                Fact.of(
                                "instances.flavor",
                                Words.of(
                                        "instances.size",
                                        row.flavor(),
                                        row.vcpus(),
                                        format.mebibytes(row.memoryMb()),
                                        format.gibibytes(row.diskGb())))
                        .leadingTo(href(visit, Kind.FLAVOR, server.flavorId())));
        facts.add(image(visit, server));
        facts.add(
                row.addresses().isEmpty()
                        ? Fact.of("instances.address", Words.of("instances.none"))
                        : Fact.mono("instances.address", String.join(", ", row.addresses())));
        facts.add(keypair(visit, server));
        facts.add(
                Fact.of(
                        "instances.groups",
                        Cell.of(
                                server.securityGroups().stream()
                                        .map(group -> bit(visit, group))
                                        .toList())));
        var tags = DeedForms.tags(server);
        if (!tags.isEmpty()) {
            facts.add(Fact.of("instances.tags", Words.verbatim(tags)));
        }
        var zone = row.zone();
        facts.add(
                Fact.of(
                        "instances.zone",
                        zone == null ? Words.of("instances.none") : Words.verbatim(zone)));
        var host = row.host();
        if (visit.viewer().admin()) {
            facts.add(
                    Fact.of(
                            "instances.host",
                            host == null ? Words.of("instances.none") : Words.verbatim(host)));
        }
        facts.add(Fact.of("instances.created", format.dateTime(row.created())));
        facts.add(Fact.of("instances.seen", format.second(server.seen())));
        facts.add(Fact.mono("instances.id", row.id()));
        return facts;
    }

    private static Fact image(Visit visit, ServerDetail server) {
        var name = server.row().image();
        var id = server.imageId();
        if (name == null || id == null) {
            return Fact.of("instances.image", Words.of("instances.fromvolume"));
        }
        // What has no name here is not there any more, or not for these eyes.
        return name.equals(id)
                ? Fact.mono("instances.image", id)
                : Fact.of("instances.image", name).leadingTo(href(visit, Kind.IMAGE, id));
    }

    /** A key pair has a page for the one person whose it is. */
    private static Fact keypair(Visit visit, ServerDetail server) {
        var keypair = server.keypair();
        if (keypair == null) {
            return Fact.of("instances.keypair", Words.of("instances.none"));
        }
        var fact = Fact.of("instances.keypair", keypair);
        return server.userId().equals(visit.viewer().user().value())
                ? fact.leadingTo(href(visit, Kind.KEYPAIR, keypair))
                : fact;
    }

    private static Cell.Bit bit(Visit visit, CloudObject object) {
        return Cell.Bit.of(object.label()).leadingTo(ResourceLinks.href(visit, object.ref()));
    }

    private static String href(Visit visit, Kind kind, String id) {
        return ResourceLinks.href(visit, new ObjectRef(kind, id));
    }

    private InstancePage.Port port(Visit visit, ServerDetail server, CloudObject port) {
        var addresses = new ArrayList<Cell.Bit>();
        port.facts()
                .path("fixed_ips")
                .forEach(
                        each -> addresses.add(Cell.Bit.mono(each.path("ip_address").asString(""))));
        if (addresses.isEmpty()) {
            addresses.add(Cell.Bit.of(port.label()));
        }
        var network = port.text("network_id");
        var groups = new ArrayList<Cell.Bit>();
        port.facts()
                .path("security_groups")
                .forEach(each ->
                        server.securityGroups().stream()
                                .filter(group -> group.id().equals(each.asString("")))
                                .forEach(group -> groups.add(bit(visit, group))));
        return new InstancePage.Port(
                Cell.of(
                        List.of(
                                inventory
                                        .findAll(visit.viewer(), Kind.NETWORK, List.of(network))
                                        .stream()
                                        .findFirst()
                                        .map(found -> bit(visit, found))
                                        .orElseGet(() -> Cell.Bit.mono(network)))),
                Cell.of(
                        addresses.stream()
                                .map(each -> each.leadingTo(ResourceLinks.href(visit, port.ref())))
                                .toList()),
                Cell.of(groups).in("mid"),
                port.text("mac_address"),
                ObjectStatuses.of(port));
    }

    private static InstancePage.Volume volume(Visit visit, CloudObject volume) {
        return new InstancePage.Volume(
                volume.label(),
                ResourceLinks.href(visit, volume.ref()),
                visit.format().gibibytes(volume.facts().path("size").asLong(0)),
                ObjectStatuses.of(volume));
    }

    private static InstancePage.Action action(ServerAction action) {
        var events = action.events().stream().map(InstanceController::event).toList();
        return new InstancePage.Action(
                Words.verbatim(spoken(action.action())),
                action.started(),
                took(action),
                outcome(action),
                action.requestId(),
                events);
    }

    /** {@code extend_volume} and {@code confirmResize} as words. */
    private static String spoken(String action) {
        return BORDER.matcher(action).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Duration took(ServerAction action) {
        Instant end = null;
        for (var event : action.events()) {
            var finished = event.finished();
            if (finished == null) {
                return null;
            }
            end = end == null || finished.isAfter(end) ? finished : end;
        }
        return end == null ? null : Duration.between(action.started(), end);
    }

    private static Status outcome(ServerAction action) {
        if (action.events().stream().anyMatch(event -> "Error".equals(event.result()))) {
            return Status.of(Tone.BAD, "instances.action.failed");
        }
        if (action.events().stream().anyMatch(event -> event.finished() == null)) {
            return Status.of(Tone.BUSY, "instances.action.running");
        }
        return Status.of(
                action.message() == null ? Tone.OK : Tone.WARN,
                action.message() == null ? "instances.action.done" : "instances.action.message");
    }

    private static InstancePage.Event event(ServerAction.Event event) {
        var finished = event.finished();
        return new InstancePage.Event(
                event.name(),
                event.started(),
                finished == null ? null : Duration.between(event.started(), finished),
                event.result());
    }
}
