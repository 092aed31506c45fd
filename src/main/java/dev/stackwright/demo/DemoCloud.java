package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A small OpenStack in this process, reached by HTTP on a loopback port.
 *
 * <p>Projects shop, lab, infra and admin; alice is a member of shop, bob its reader, charlie a
 * member of lab, ada an administrator of all; everybody's password is {@code demo}. Time goes by
 * its clock: move the clock and look, and what takes seconds has happened.
 */
public final class DemoCloud implements AutoCloseable {

    /** The password of alice, bob, charlie and ada. */
    public static final String PASSWORD = "demo";

    public static final String REGION = "RegionOne";
    public static final String SERVICE_USER = "stackwright";
    public static final String SERVICE_PROJECT = "service";

    private final World world;
    private final DemoFaults faults;
    private final Bus bus;
    private final Front front;
    private final Hosts hosts;
    private final Servers servers;
    private final Instant origin;
    private final List<DemoEnvelope> history;
    private boolean told;
    private boolean counted;
    private final String servicePassword;

    /** Makes a cloud and opens its port. */
    public DemoCloud(DemoOptions options, Clock clock) {
        world = new World(clock, options.step());
        faults = new DemoFaults(clock);
        bus = new Bus(world);
        front = new Front(options.port(), world, faults);
        servicePassword = noise();
        IdentityService identity = new IdentityService(base("identity"), world);
        hosts = new Hosts(world, faults, 4 + (options.servers() + 199) / 200);
        NetworkService network = new NetworkService(base("network"), world, bus, hosts);
        VolumeService volume = new VolumeService(base("volume"), world, bus);
        ImageService image = new ImageService(base("image"), world, bus);
        servers = new Servers(world, bus, hosts, network, volume, image);
        ServerView views = new ServerView(base("compute"), base("image"), servers, hosts, network);
        ComputeCatalog catalog = new ComputeCatalog(base("compute"), world, bus, hosts, servers);
        ComputeService compute =
                new ComputeService(
                        base("compute"), world, servers, views, catalog, network, volume, image);
        PlacementService placement = new PlacementService(base("placement"), world, hosts, servers);
        List.of(identity, compute, network, volume, image, placement).forEach(front::add);
        front.add(new Switchboard(base("demo"), world, faults));
        cast(identity);
        Instant start = clock.instant();
        Keeper keeper = options.file() == null ? null : new Keeper(options.file(), front.port());
        JsonNode kept = keeper == null ? null : keeper.read();
        origin = kept == null ? start : Instant.parse(Json.text(kept, "origin"));
        furnish(
                options,
                new Furniture(world, hosts, network, volume, image, catalog, servers, origin));
        if (kept == null) {
            world.at(
                    ServerStates.hourBefore(start).plus(Duration.ofHours(1)),
                    "audit",
                    "",
                    object());
        } else {
            resume(kept);
            told = Json.truth(kept, "told", false);
            // What was kept before there were counters of the past goes on without them.
            counted = Json.truth(kept, "counted", told);
            network.recount();
            servers.recount();
        }
        history =
                options.furnished() && !told
                        ? DemoHistory.of(world, servers, volume, network, origin)
                        : List.of();
        world.on("audit", (id, plan) -> audit(volume));
        world.pretend(start);
        if (keeper != null) {
            world.afterChange(() -> keeper.write(written()));
            keeper.write(written());
        }
        faults.onReturned(host ->
                world.inTurn(() -> {
                    servers.hostReturned(host);
                    return true;
                }));
        front.start(identity.tokens::gate);
    }

    /** A furnished cloud on the system's clock. */
    public static DemoCloud start() {
        return start(DemoOptions.usual());
    }

    public static DemoCloud start(DemoOptions options) {
        return new DemoCloud(options, Clock.systemUTC());
    }

    private void cast(IdentityService identity) {
        identity.serviceCatalog.offer("identity", "keystone", base("identity") + "/v3/");
        identity.serviceCatalog.offer("compute", "nova", base("compute") + "/v2.1");
        identity.serviceCatalog.offer("network", "neutron", base("network"));
        identity.serviceCatalog.offer(
                "volumev3", "cinderv3", base("volume") + "/v3/%(project_id)s");
        identity.serviceCatalog.offer(
                "block-storage", "cinder", base("volume") + "/v3/%(project_id)s");
        identity.serviceCatalog.offer("image", "glance", base("image"));
        identity.serviceCatalog.offer("placement", "placement", base("placement"));
        List.of("admin", "member", "reader", "service").forEach(identity.grants::addRole);
        identity.people.addProject("admin", "The cloud's own project");
        identity.people.addProject(SERVICE_PROJECT, "The services' own users");
        identity.people.addProject("shop", "The web shop");
        identity.people.addProject("lab", "Trying things out");
        identity.people.addProject("infra", "What the others stand on");
        for (String name : List.of("alice", "bob", "charlie", "ada")) {
            identity.people.addUser(name, PASSWORD);
        }
        identity.people.addUser(SERVICE_USER, servicePassword);
        identity.grants.assign("alice", "shop", "member");
        identity.grants.assign("bob", "shop", "reader");
        identity.grants.assign("charlie", "lab", "member");
        for (String project : List.of("admin", "shop", "lab", "infra")) {
            identity.grants.assign("ada", project, "admin");
        }
        identity.grants.assign(SERVICE_USER, SERVICE_PROJECT, "admin");
    }

    private void furnish(DemoOptions options, Furniture furniture) {
        furniture.bare();
        if (options.furnished()) {
            furniture.projects();
        }
        if (options.servers() > 0) {
            furniture.crowd(options.servers());
        }
        world.advance();
    }

    private void resume(JsonNode kept) {
        world.read(kept.path("world"));
        hosts.read(kept.path("hosts"));
        kept.path("faults")
                .properties()
                .forEach(each ->
                        faults.remember(each.getKey(), Instant.parse(each.getValue().asString())));
        ObjectNode account = world.table("user").get(userId(SERVICE_USER));
        if (account != null) {
            account.put("_password", servicePassword);
        }
    }

    private ObjectNode written() {
        ObjectNode active = object();
        faults.lasting().forEach((name, since) -> active.put(name, since.toString()));
        return object(
                "origin",
                origin.toString(),
                "told",
                told,
                "counted",
                counted,
                "faults",
                active,
                "hosts",
                hosts.written(),
                "world",
                world.written());
    }

    /**
     * The hour is over: Nova and Cinder say what there is. After a long sleep only the last two
     * days are told.
     */
    private void audit(VolumeService volume) {
        Instant hour = ServerStates.hourBefore(world.now());
        servers.states.audit(hour.minus(Duration.ofHours(1)), hour);
        volume.life.audit(hour.minus(Duration.ofHours(1)), hour);
        Instant next = hour.plus(Duration.ofHours(1));
        Instant recent = ServerStates.hourBefore(world.clockTime().minus(Duration.ofDays(2)));
        world.at(next.isBefore(recent) ? recent : next, "audit", "", object());
    }

    private static String noise() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String base(String service) {
        return "http://127.0.0.1:" + front.port() + "/" + service;
    }

    /** What clouds.yaml calls auth_url. */
    public String authUrl() {
        return base("identity") + "/v3";
    }

    /**
     * The address of a service: identity, compute, network, volume, image, placement; without
     * version.
     */
    public String url(String service) {
        return base(service);
    }

    public int port() {
        return front.port();
    }

    /**
     * The password of {@link #SERVICE_USER}, an administrator in {@link #SERVICE_PROJECT}; another
     * one at each start.
     */
    public String servicePassword() {
        return servicePassword;
    }

    public DemoFaults faults() {
        return faults;
    }

    /** Lets everything happen that is due by the clock, without a call. */
    public void advance() {
        world.advance();
    }

    /** From now on this listener hears the notifications. */
    public void listen(DemoListener listener) {
        world.inTurn(() -> {
            bus.add(listener);
            return true;
        });
    }

    /**
     * What the services said in the two months before this cloud was opened for the first time,
     * oldest first, until {@link #historyTold()}. The same notifications have the same ids each
     * time.
     */
    public List<DemoEnvelope> history() {
        return history;
    }

    /** The history was stored by somebody and need not be told again at the next start. */
    public void historyTold() {
        world.inTurn(() -> {
            told = true;
            world.changed();
            return true;
        });
    }

    /**
     * What Nova would have answered, had it been asked for diagnostics in the two months before
     * this cloud was opened for the first time: one list for each server, until {@link #counted()}.
     * Each reading has the instant, the server as it is listed, and the answer.
     */
    public List<List<DemoReading>> counters() {
        return world.inTurn(() ->
                counted
                        ? List.of()
                        : Furniture.SERVERS.stream()
                                .map(piece -> servers.table().get(Furniture.serverId(piece.name())))
                                .filter(Objects::nonNull)
                                .map(server -> DemoReading.before(origin, server))
                                .toList());
    }

    /** These were stored by somebody, as the history. */
    public void counted() {
        world.inTurn(() -> {
            counted = true;
            world.changed();
            return true;
        });
    }

    /** How many calls have come in. */
    public long calls() {
        return front.calls();
    }

    public static String projectId(String name) {
        return World.hexOf("project " + name);
    }

    public static String userId(String name) {
        return World.hexOf("user " + name);
    }

    /** How many things of each kind there are: server, volume, network, port and so on. */
    public Map<String, Long> state() {
        return state(document -> true);
    }

    /** How many things of each kind have this name, or this tag, or a name that starts with it. */
    public Map<String, Long> state(String nameOrTag) {
        return state(document ->
                Json.text(document, "name").startsWith(nameOrTag)
                        || Json.texts(document.path("tags")).contains(nameOrTag));
    }

    private Map<String, Long> state(Predicate<JsonNode> wanted) {
        return world.inTurn(() -> {
            Map<String, Long> counts = new TreeMap<>();
            world.tables()
                    .forEach((name, documents) -> {
                        long count =
                                name.startsWith("_")
                                        ? 0
                                        : documents.values().stream().filter(wanted).count();
                        if (count > 0) {
                            counts.put(name, count);
                        }
                    });
            return counts;
        });
    }

    @Override
    public void close() {
        front.close();
    }

    /** {@code /demo/faults}: switches the named faults, for administrators only. */
    private static final class Switchboard extends Service {

        private final DemoFaults faults;

        Switchboard(String base, World world, DemoFaults faults) {
            super("demo", base, world);
            this.faults = faults;
            route("GET", "/faults", this::list);
            route("POST", "/faults/{}", this::turnOn);
            route("DELETE", "/faults/{}", this::turnOff);
        }

        private Reply list(Call call) {
            ObjectNode active = object();
            faults.active().forEach((name, since) -> active.put(name, since.toString()));
            return Reply.ok(object("faults", DemoFaults.names(), "active", active));
        }

        private Reply turnOn(Call call) {
            needAdmin(call);
            try {
                faults.turnOn(call.name(0), host(call));
            } catch (IllegalArgumentException e) {
                throw new Refusal(400, String.valueOf(e.getMessage()));
            }
            return list(call);
        }

        private Reply turnOff(Call call) {
            needAdmin(call);
            if (host(call).isEmpty()) {
                faults.turnOff(call.name(0));
            } else {
                faults.turnOff(call.name(0), host(call));
            }
            return list(call);
        }

        private static void needAdmin(Call call) {
            if (!call.grant().admin()) {
                throw new Refusal(403, "Only an administrator may switch faults.");
            }
        }

        private static String host(Call call) {
            String host = call.query("host");
            String service = call.query("service");
            return host != null ? host : service != null ? service : "";
        }

        @Override
        Reply refuse(Call call, Refusal refusal) {
            return Reply.of(refusal.status(), object("error", refusal.message()));
        }

        @Override
        Reply unknown(Call call) {
            return Reply.of(404, object("error", "Not Found"));
        }
    }
}
