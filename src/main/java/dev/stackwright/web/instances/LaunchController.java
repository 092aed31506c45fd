package dev.stackwright.web.instances;

import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Image;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.operations.Capacities;
import dev.stackwright.web.audit.Trail;
import dev.stackwright.web.frame.Field;
import dev.stackwright.web.frame.Flash;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import dev.stackwright.web.resources.ProjectEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A new instance without a template. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances/new")
class LaunchController {

    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_NAME = 255;
    private static final long LARGEST_VOLUME_GB = 1_000_000;
    private static final List<String> RESOURCES =
            List.of("instances", "cores", "ram", "volumes", "gigabytes");
    private static final Set<String> OF_VOLUMES = Set.of("volumes", "gigabytes");

    private static final JsonMapper JSON = new JsonMapper();

    private final Inventory inventory;
    private final ProjectEntry entry;
    private final Trail trail;
    private final Capacities capacities;

    LaunchController(Inventory inventory, ProjectEntry entry, Trail trail, Capacities capacities) {
        this.capacities = capacities;
        this.inventory = inventory;
        this.entry = entry;
        this.trail = trail;
    }

    /** What a project can choose from. */
    private record Choices(
            List<Image> images,
            List<Flavor> flavors,
            List<CloudObject> networks,
            List<CloudObject> keypairs,
            List<CloudObject> groups,
            List<CloudObject> volumes,
            List<QuotaLine> quota) {

        Optional<Flavor> flavor(String id) {
            return flavors.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        Optional<Image> image(String id) {
            return images.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        Optional<QuotaLine> limit(String resource) {
            var service = OF_VOLUMES.contains(resource) ? "volume" : "compute";
            return quota.stream()
                    .filter(line -> line.service().equals(service))
                    .filter(line -> line.resource().equals(resource))
                    .findFirst();
        }
    }

    private Choices choices(Visit visit) {
        var viewer = visit.viewer();
        return new Choices(
                inventory.images(viewer).stream()
                        .filter(image -> image.status().equals("ACTIVE"))
                        .toList(),
                inventory.flavors(viewer).stream()
                        .sorted(
                                Comparator.comparingInt(Flavor::vcpus)
                                        .thenComparingLong(Flavor::memoryMb))
                        .toList(),
                inventory.networks(viewer),
                inventory.keypairs(viewer),
                inventory.securityGroups(viewer).stream()
                        .filter(group -> viewer.project().equals(group.project()))
                        .toList(),
                inventory.volumes(viewer).stream()
                        .filter(volume -> viewer.project().equals(volume.project()))
                        .filter(volume -> volume.status().equalsIgnoreCase("available"))
                        .toList(),
                inventory.quota(viewer));
    }

    @GetMapping
    String form(Visit visit, @RequestParam Map<String, String> typed, Model model) {
        var choices = choices(visit);
        if (choices.groups().isEmpty()) {
            // Every project has one: none means that the collector may not see them.
            entry.readAgain(visit);
        }
        model.addAttribute("page", page(visit, choices, typed, Map.of(), null));
        return "instances/new";
    }

    /** What another choice would leave, asked for as soon as it is made. */
    @GetMapping("/choice")
    ModelAndView choice(Visit visit, @RequestParam Map<String, String> typed) {
        return new ModelAndView(
                "instances/_choice", Map.of("choice", choice(visit, choices(visit), typed)));
    }

    private LaunchPage.Choice choice(Visit visit, Choices choices, Map<String, String> typed) {
        var format = visit.format();
        var flavor = choices.flavor(typed.getOrDefault("flavor", ""));
        var checks = new ArrayList<LaunchPage.Check>();
        var image = choices.image(typed.getOrDefault("image", ""));
        flavor.map(chosen -> Draw.of(chosen, typed))
                .ifPresent(draw -> {
                    var unfit =
                            image.flatMap(each -> unfit(format, draw, each))
                                    .or(() -> image.flatMap(each -> tooSmall(format, draw, each)));
                    unfit.ifPresent(words -> checks.add(new LaunchPage.Check("bad", words)));
                    if (draw.flavor().diskGb() == 0 && !draw.startsFromVolume()) {
                        checks.add(
                                new LaunchPage.Check(
                                        "warn",
                                        Words.of("instances.new.diskless", draw.flavor().name())));
                    }
                    checks.add(
                            beyondQuota(choices, draw)
                                    .map(words -> new LaunchPage.Check("bad", words))
                                    .orElseGet(() -> left(format, choices, draw)));
                    checks.add(room(visit, draw.onHost()));
                });
        return new LaunchPage.Choice(
                quota(format, choices, flavor.map(each -> Draw.of(each, typed)).orElse(null)),
                checks,
                visit.path("instances", "new", "choice"));
    }

    private static LaunchPage.Check left(Format format, Choices choices, Draw draw) {
        if (RESOURCES.stream().allMatch(each -> choices.limit(each).isEmpty())) {
            return new LaunchPage.Check("warn", Words.of("instances.new.quota.none"));
        }
        var parts = new ArrayList<Words>();
        for (var resource : RESOURCES) {
            var free = choices.limit(resource).map(QuotaLine::free).orElse(null);
            if (free != null && (draw.needs(resource) > 0 || !OF_VOLUMES.contains(resource))) {
                parts.add(
                        Words.of(
                                "instances.new.leaves." + resource,
                                said(format, resource, free - draw.needs(resource))));
            }
        }
        if (parts.isEmpty()) {
            return new LaunchPage.Check("ok", Words.of("instances.new.leaves.unlimited"));
        }
        var said = parts.getFirst();
        for (var part : parts.subList(1, parts.size())) {
            said = Words.of("instances.comma", said, part);
        }
        return new LaunchPage.Check("ok", Words.of("instances.new.leaves", said));
    }

    private LaunchPage.Check room(Visit visit, Flavor flavor) {
        return capacities
                .room(visit.viewer(), flavor)
                .map(room ->
                        room.isThere()
                                ? new LaunchPage.Check(
                                        "ok", Words.of("instances.new.room", room.read()))
                                : new LaunchPage.Check(
                                        "warn", Words.of("instances.new.room.none", room.read())))
                .orElseGet(
                        () -> new LaunchPage.Check("warn", Words.of("instances.new.room.unknown")));
    }

    /** What an instance would draw on. */
    private record Draw(Flavor flavor, long bootGb, long emptyGb) {

        static Draw of(Flavor flavor, Map<String, String> typed) {
            return new Draw(
                    flavor,
                    gigabytes(typed, "boot").orElse(0L),
                    gigabytes(typed, "empty").orElse(0L));
        }

        boolean startsFromVolume() {
            return bootGb > 0;
        }

        /** What a host has to give for it: the disk of the flavor is not made beside a volume. */
        Flavor onHost() {
            return startsFromVolume()
                    ? new Flavor(
                            flavor.id(),
                            flavor.name(),
                            flavor.vcpus(),
                            flavor.memoryMb(),
                            0,
                            flavor.isPublic())
                    : flavor;
        }

        long needs(String resource) {
            return switch (resource) {
                case "cores" -> flavor.vcpus();
                case "ram" -> flavor.memoryMb();
                case "volumes" -> (bootGb > 0 ? 1 : 0) + (emptyGb > 0 ? 1 : 0);
                case "gigabytes" -> bootGb + emptyGb;
                default -> 1;
            };
        }
    }

    /** A size that was typed; empty when none was, or what was typed is no size of a volume. */
    private static Optional<Long> gigabytes(Map<String, String> typed, String field) {
        return chosen(typed, field)
                .map(String::strip)
                .filter(text -> text.matches("0*[1-9]\\d{0,6}"))
                .map(Long::valueOf)
                .filter(size -> size <= LARGEST_VOLUME_GB);
    }

    @PostMapping
    String launch(
            Visit visit,
            @RequestParam Map<String, String> typed,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        var name = typed.getOrDefault("name", "").strip();
        var written = trail.of(visit, "server.create").on("server", "", name);
        if (!visit.mayChange()) {
            written.refused();
            throw PageFailure.readersOnlyLook();
        }
        var choices = choices(visit);
        var errors = errors(visit.format(), choices, typed, name);
        if (!errors.isEmpty()) {
            written.saying("The form was not complete").refused();
            response.setStatus(UNPROCESSABLE);
            model.addAttribute("page", page(visit, choices, typed, errors, null));
            return "instances/new";
        }
        try {
            var id =
                    visit.as(os ->
                            os.call(
                                            Request.post(Service.COMPUTE, "/servers")
                                                    .body(body(typed, name))
                                                    .whileSomebodyWaits())
                                    .body()
                                    .path("server")
                                    .path("id")
                                    .asString(""));
            trail.of(visit, "server.create").on("server", id, name).done();
            inventory.touch(visit.cloud(), Kind.SERVER, id);
            Flash.done("instances.done.create", name)
                    .leadingTo(Words.of("instances.show"), visit.path("instances", id))
                    .on(redirect);
            redirect.addAttribute("just", id);
            return "redirect:" + visit.path("instances");
        } catch (CloudFailure failure) {
            written.saying(String.valueOf(failure.getMessage())).failed();
            response.setStatus(UNPROCESSABLE);
            model.addAttribute(
                    "page",
                    page(
                            visit,
                            choices,
                            typed,
                            Map.of(),
                            Words.of(
                                    failure.mayHaveHappened()
                                            ? "instances.new.silent"
                                            : "instances.new.failed",
                                    failure.said())));
            return "instances/new";
        }
    }

    private static Object body(Map<String, String> typed, String name) {
        var body = JSON.createObjectNode();
        var server = body.putObject("server");
        server.put("name", name).put("flavorRef", typed.getOrDefault("flavor", ""));
        disks(server, typed);
        chosen(typed, "network")
                .ifPresent(id -> server.putArray("networks").addObject().put("uuid", id));
        chosen(typed, "keypair").ifPresent(key -> server.put("key_name", key));
        chosen(typed, "group")
                .ifPresent(id -> server.putArray("security_groups").addObject().put("name", id));
        return body;
    }

    /**
     * The image alone while nothing else is asked for. Else each disk is named, the first to start
     * from; a new volume made of the image takes the place of the image.
     */
    private static void disks(ObjectNode server, Map<String, String> typed) {
        var image = typed.getOrDefault("image", "");
        var boot = gigabytes(typed, "boot");
        var empty = gigabytes(typed, "empty");
        var volume = chosen(typed, "volume");
        if (boot.isEmpty()) {
            server.put("imageRef", image);
            if (empty.isEmpty() && volume.isEmpty()) {
                return;
            }
        }
        var ends = !"true".equals(typed.get("keep"));
        var disks = server.putArray("block_device_mapping_v2");
        var first =
                disks.addObject()
                        .put("boot_index", 0)
                        .put("source_type", "image")
                        .put("uuid", image)
                        .put("destination_type", boot.isEmpty() ? "local" : "volume")
                        .put("delete_on_termination", boot.isEmpty() || ends);
        boot.ifPresent(size -> first.put("volume_size", size));
        volume.ifPresent(id ->
                disks.addObject()
                        .put("boot_index", -1)
                        .put("source_type", "volume")
                        .put("uuid", id)
                        .put("destination_type", "volume")
                        .put("delete_on_termination", false));
        empty.ifPresent(size ->
                disks.addObject()
                        .put("boot_index", -1)
                        .put("source_type", "blank")
                        .put("destination_type", "volume")
                        .put("volume_size", size)
                        .put("delete_on_termination", ends));
    }

    private static Optional<String> chosen(Map<String, String> typed, String name) {
        return Optional.of(typed.getOrDefault(name, "")).filter(value -> !value.isBlank());
    }

    private static Map<String, Words> errors(
            Format format, Choices choices, Map<String, String> typed, String name) {
        var errors = new HashMap<String, Words>();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            errors.put("name", Words.of("instances.new.name.wrong", LONGEST_NAME));
        }
        var image = choices.image(typed.getOrDefault("image", ""));
        if (image.isEmpty()) {
            errors.put("image", Words.of("instances.new.image.missing"));
        }
        var flavor = choices.flavor(typed.getOrDefault("flavor", ""));
        if (flavor.isEmpty()) {
            errors.put("flavor", Words.of("instances.new.flavor.missing"));
        } else {
            var draw = Draw.of(flavor.get(), typed);
            image.flatMap(needs -> unfit(format, draw, needs))
                    .ifPresent(words -> errors.put("boot", words));
            image.flatMap(needs -> tooSmall(format, draw, needs))
                    .or(() -> beyondQuota(choices, draw))
                    .ifPresent(words -> errors.put("flavor", words));
        }
        for (var size : List.of("boot", "empty")) {
            if (chosen(typed, size).isPresent() && gigabytes(typed, size).isEmpty()) {
                errors.put(size, Words.of("instances.new.size.wrong"));
            }
        }
        unknown(choices.volumes(), typed, "volume", errors);
        unknown(choices.networks(), typed, "network", errors);
        unknown(choices.keypairs(), typed, "keypair", errors);
        unknown(choices.groups(), typed, "group", errors);
        return errors;
    }

    private static void unknown(
            List<CloudObject> known,
            Map<String, String> typed,
            String field,
            Map<String, Words> errors) {
        chosen(typed, field)
                .filter(id -> known.stream().noneMatch(each -> each.id().equals(id)))
                .ifPresent(_ -> errors.put(field, Words.of("instances.new.unknown")));
    }

    /** The volume that it would start from is smaller than what is to be put there. */
    private static Optional<Words> unfit(Format format, Draw draw, Image image) {
        return draw.startsFromVolume() && draw.bootGb() < image.minimumDiskGb()
                ? Optional.of(
                        Words.of(
                                "instances.new.boot.small",
                                image.name(),
                                format.gibibytes(image.minimumDiskGb())))
                : Optional.empty();
    }

    private static Optional<Words> tooSmall(Format format, Draw draw, Image image) {
        var flavor = draw.onHost();
        if (flavor.diskGb() > 0 && flavor.diskGb() < image.minimumDiskGb()) {
            return Optional.of(
                    Words.of(
                            "instances.new.disk",
                            image.name(),
                            format.gibibytes(image.minimumDiskGb()),
                            flavor.name(),
                            format.gibibytes(flavor.diskGb())));
        }
        if (flavor.memoryMb() < image.minimumMemoryMb()) {
            return Optional.of(
                    Words.of(
                            "instances.new.memory",
                            image.name(),
                            format.mebibytes(image.minimumMemoryMb()),
                            flavor.name(),
                            format.mebibytes(flavor.memoryMb())));
        }
        return Optional.empty();
    }

    private static Optional<Words> beyondQuota(Choices choices, Draw draw) {
        for (var resource : RESOURCES) {
            var free = choices.limit(resource).map(QuotaLine::free).orElse(null);
            var needs = draw.needs(resource);
            if (free != null && needs > 0 && free < needs) {
                return Optional.of(Words.of("instances.new.quota." + resource, needs, free));
            }
        }
        return Optional.empty();
    }

    private LaunchPage page(
            Visit visit,
            Choices choices,
            Map<String, String> typed,
            Map<String, Words> errors,
            @Nullable Words trouble) {
        var format = visit.format();
        var unable = visit.mayChange() ? null : Words.of("instances.cannot.reader");
        var fields = new ArrayList<Field>();
        fields.add(
                Field.text("name", Words.of("instances.name"))
                        .required()
                        .example("web-1")
                        .autocomplete("off"));
        fields.add(
                Field.select(
                                "image",
                                Words.of("instances.image"),
                                options(
                                        null,
                                        choices.images().stream()
                                                .map(image ->
                                                        Field.Option.of(
                                                                image.id(),
                                                                image.name().isEmpty()
                                                                        ? image.id()
                                                                        : image.name()))
                                                .toList()))
                        .required());
        fields.add(
                Field.select(
                                "flavor",
                                Words.of("instances.flavor"),
                                options(
                                        null,
                                        choices.flavors().stream()
                                                .map(flavor -> option(format, flavor))
                                                .toList()))
                        .required());
        fields.add(
                Field.number("boot", Words.of("instances.new.boot"))
                        .example("20")
                        .hint(Words.of("instances.new.boot.hint")));
        if (!choices.volumes().isEmpty()) {
            fields.add(
                    Field.select(
                            "volume",
                            Words.of("instances.new.volume"),
                            options(
                                    "instances.new.volume.none",
                                    choices.volumes().stream()
                                            .map(volume -> volume(format, volume))
                                            .toList())));
        }
        fields.add(
                Field.number("empty", Words.of("instances.new.empty"))
                        .example("50")
                        .hint(Words.of("instances.new.empty.hint")));
        fields.add(Field.check("keep", Words.of("instances.new.keep")));
        fields.add(
                Field.select(
                                "network",
                                Words.of("instances.network"),
                                objects("instances.new.network.any", choices.networks()))
                        .hint(Words.of("instances.new.network.hint")));
        fields.add(
                Field.select(
                        "keypair",
                        Words.of("instances.keypair"),
                        objects("instances.new.keypair.none", choices.keypairs())));
        fields.add(
                Field.select(
                        "group",
                        Words.of("instances.group"),
                        objects("instances.new.group.default", choices.groups())));
        return new LaunchPage(
                fields.stream()
                        .map(field ->
                                field.value(typed.get(field.name()))
                                        .error(errors.get(field.name()))
                                        .unable(unable))
                        .toList(),
                trouble,
                choice(visit, choices, typed),
                unable,
                visit.path("instances", "new"),
                visit.path("instances"));
    }

    private static Field.Option option(Format format, Flavor flavor) {
        return new Field.Option(
                flavor.id(),
                Words.of(
                        "instances.size",
                        flavor.name(),
                        flavor.vcpus(),
                        format.mebibytes(flavor.memoryMb()),
                        format.gibibytes(flavor.diskGb())),
                false,
                false);
    }

    private static List<Field.Option> objects(String none, List<CloudObject> objects) {
        return options(
                none,
                objects.stream().map(each -> Field.Option.of(each.id(), each.label())).toList());
    }

    private static Field.Option volume(Format format, CloudObject volume) {
        return new Field.Option(
                volume.id(),
                Words.of(
                        "instances.new.volume.one",
                        volume.label(),
                        format.gibibytes(volume.facts().path("size").asLong(0))),
                false,
                false);
    }

    private static List<Field.Option> options(@Nullable String none, List<Field.Option> some) {
        var options = new ArrayList<Field.Option>();
        options.add(
                new Field.Option(
                        "", Words.of(none == null ? "instances.new.choose" : none), false, false));
        options.addAll(some);
        return options;
    }

    private static List<Meter> quota(Format format, Choices choices, @Nullable Draw draw) {
        var meters = new ArrayList<Meter>();
        for (var resource : RESOURCES) {
            var more = draw == null ? 0 : draw.needs(resource);
            if (more == 0 && OF_VOLUMES.contains(resource)) {
                continue;
            }
            choices.limit(resource)
                    .ifPresent(line -> {
                        var limit = line.limit();
                        var planned = limit == null || limit <= 0 ? 0 : (double) more / limit;
                        meters.add(
                                Meter.of(
                                                Words.of("instances.quota." + resource),
                                                line.used(),
                                                limit == null ? 0 : limit,
                                                Words.verbatim(said(format, resource, line.used())),
                                                limit == null
                                                        ? null
                                                        : Words.verbatim(
                                                                said(format, resource, limit)))
                                        .withPlanned(planned));
                    });
        }
        return meters;
    }

    private static String said(Format format, String resource, long amount) {
        return switch (resource) {
            case "ram" -> format.mebibytes(amount);
            case "gigabytes" -> format.gibibytes(amount);
            default -> format.number(amount);
        };
    }
}
