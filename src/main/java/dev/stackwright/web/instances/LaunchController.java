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

/** A new instance without a template. */
@Controller
@RequestMapping("/c/{cloud}/p/{project}/instances/new")
class LaunchController {

    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_NAME = 255;
    private static final List<String> RESOURCES = List.of("instances", "cores", "ram");

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
            List<QuotaLine> quota) {

        Optional<Flavor> flavor(String id) {
            return flavors.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        Optional<Image> image(String id) {
            return images.stream().filter(each -> each.id().equals(id)).findFirst();
        }

        Optional<QuotaLine> limit(String resource) {
            return quota.stream()
                    .filter(line -> line.service().equals("compute"))
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
    ModelAndView choice(
            Visit visit,
            @RequestParam(defaultValue = "") String image,
            @RequestParam(defaultValue = "") String flavor) {
        return new ModelAndView(
                "instances/_choice",
                Map.of(
                        "choice",
                        choice(visit, choices(visit), Map.of("image", image, "flavor", flavor))));
    }

    private LaunchPage.Choice choice(Visit visit, Choices choices, Map<String, String> typed) {
        var format = visit.format();
        var flavor = choices.flavor(typed.getOrDefault("flavor", ""));
        var checks = new ArrayList<LaunchPage.Check>();
        flavor.ifPresent(chosen -> {
            choices.image(typed.getOrDefault("image", ""))
                    .flatMap(image -> tooSmall(format, chosen, image))
                    .ifPresent(words -> checks.add(new LaunchPage.Check("bad", words)));
            checks.add(
                    beyondQuota(choices, chosen)
                            .map(words -> new LaunchPage.Check("bad", words))
                            .orElseGet(() -> left(format, choices, chosen)));
            checks.add(room(visit, chosen));
        });
        return new LaunchPage.Choice(
                quota(format, choices, flavor.orElse(null)),
                checks,
                visit.path("instances", "new", "choice"));
    }

    private static LaunchPage.Check left(Format format, Choices choices, Flavor flavor) {
        if (RESOURCES.stream().allMatch(each -> choices.limit(each).isEmpty())) {
            return new LaunchPage.Check("warn", Words.of("instances.new.quota.none"));
        }
        var parts = new ArrayList<Words>();
        for (var resource : RESOURCES) {
            var free = choices.limit(resource).map(QuotaLine::free).orElse(null);
            if (free != null) {
                var left = free - needs(flavor, resource);
                parts.add(
                        Words.of(
                                "instances.new.leaves." + resource,
                                resource.equals("ram")
                                        ? format.mebibytes(left)
                                        : format.number(left)));
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

    private static long needs(Flavor flavor, String resource) {
        return switch (resource) {
            case "cores" -> flavor.vcpus();
            case "ram" -> flavor.memoryMb();
            default -> 1;
        };
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
        server.put("name", name)
                .put("imageRef", typed.getOrDefault("image", ""))
                .put("flavorRef", typed.getOrDefault("flavor", ""));
        chosen(typed, "network")
                .ifPresent(id -> server.putArray("networks").addObject().put("uuid", id));
        chosen(typed, "keypair").ifPresent(key -> server.put("key_name", key));
        chosen(typed, "group")
                .ifPresent(id -> server.putArray("security_groups").addObject().put("name", id));
        return body;
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
            image.flatMap(needs -> tooSmall(format, flavor.get(), needs))
                    .or(() -> beyondQuota(choices, flavor.get()))
                    .ifPresent(words -> errors.put("flavor", words));
        }
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

    private static Optional<Words> tooSmall(Format format, Flavor flavor, Image image) {
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

    private static Optional<Words> beyondQuota(Choices choices, Flavor flavor) {
        for (var resource : RESOURCES) {
            var free = choices.limit(resource).map(QuotaLine::free).orElse(null);
            if (free != null && free < needs(flavor, resource)) {
                return Optional.of(
                        Words.of("instances.new.quota." + resource, needs(flavor, resource), free));
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

    private static List<Field.Option> options(@Nullable String none, List<Field.Option> some) {
        var options = new ArrayList<Field.Option>();
        options.add(
                new Field.Option(
                        "", Words.of(none == null ? "instances.new.choose" : none), false, false));
        options.addAll(some);
        return options;
    }

    private static List<Meter> quota(Format format, Choices choices, @Nullable Flavor chosen) {
        var meters = new ArrayList<Meter>();
        for (var resource : RESOURCES) {
            choices.limit(resource)
                    .ifPresent(line -> {
                        var memory = resource.equals("ram");
                        var limit = line.limit();
                        var more = chosen == null ? 0 : needs(chosen, resource);
                        var planned = limit == null || limit <= 0 ? 0 : (double) more / limit;
                        meters.add(
                                Meter.of(
                                                Words.of("instances.quota." + resource),
                                                line.used(),
                                                limit == null ? 0 : limit,
                                                amount(format, memory, line.used()),
                                                limit == null
                                                        ? null
                                                        : amount(format, memory, limit))
                                        .withPlanned(planned));
                    });
        }
        return meters;
    }

    private static Words amount(Format format, boolean memory, long amount) {
        return Words.verbatim(memory ? format.mebibytes(amount) : format.number(amount));
    }
}
