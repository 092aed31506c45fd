package dev.stackwright.demo;

import static dev.stackwright.demo.Json.array;
import static dev.stackwright.demo.Json.object;
import static dev.stackwright.demo.Json.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands in the demo cloud when it opens. The ids are the same each time, and the times lie
 * where they do relative to the origin. Some things are worth finding: a server that never finished
 * building, one that no host had room for, one that nobody has started for weeks, volumes that
 * belong to nothing and a floating IP that leads nowhere.
 */
final class Furniture {

    /** How a server came to be, for those who tell its history. */
    record Piece(String name, String project, String user, String flavor, double daysOld) {}

    /** More than two whole months, so that each month has one to be compared with. */
    private static final double LONG_AGO = 63;

    static final List<Piece> SERVERS =
            List.of(
                    new Piece("web-1", "shop", "alice", "2", LONG_AGO),
                            new Piece("web-2", "shop", "alice", "2", LONG_AGO),
                    new Piece("web-3", "shop", "alice", "2", 12.4),
                            new Piece("lb-1", "shop", "alice", "1", LONG_AGO),
                    new Piece("db-1", "shop", "alice", "4", LONG_AGO),
                            new Piece("db-2", "shop", "alice", "4", 24.3),
                    new Piece("cache-1", "shop", "alice", "3", LONG_AGO),
                            new Piece("worker-1", "shop", "alice", "3", 18.6),
                    new Piece("worker-2", "shop", "alice", "3", 5.2),
                            new Piece("bastion", "shop", "alice", "1", LONG_AGO),
                    new Piece("old-report", "shop", "alice", "2", 29.5),
                            new Piece("training-1", "lab", "charlie", "3", 9.1),
                    new Piece("training-2", "lab", "charlie", "3", 9.1),
                            new Piece("notebook", "lab", "charlie", "2", 16.7),
                    new Piece("monitor", "infra", "ada", "3", LONG_AGO),
                            new Piece("dns-1", "infra", "ada", "1", LONG_AGO),
                    new Piece("dns-2", "infra", "ada", "1", LONG_AGO),
                            new Piece("mail", "infra", "ada", "2", 22.8));

    /** A volume: its size in GiB, its type, and the server that has it, "" for none. */
    record Disk(
            String name, String project, int size, String type, String server, double daysOld) {}

    static final List<Disk> VOLUMES =
            List.of(
                    new Disk("db-1-data", "shop", 200, "fast", "db-1", LONG_AGO),
                    new Disk("db-2-data", "shop", 200, "fast", "db-2", 24.3),
                    new Disk("media", "shop", 500, "slow", "web-1", 62.4),
                    new Disk("import-2025", "shop", 100, "standard", "", 28.2),
                    new Disk("scratch", "shop", 50, "standard", "", 14.9),
                    new Disk("datasets", "lab", 300, "slow", "training-1", 9),
                    new Disk("metrics", "infra", 150, "fast", "monitor", LONG_AGO));

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDemoDemoDemoDemoDemoDemoDemoDemoDemoDemoDem0"
                    + " %s@demo.invalid";

    private final World world;
    private final Hosts hosts;
    private final NetworkService network;
    private final VolumeService volumes;
    private final ImageService images;
    private final ComputeCatalog catalog;
    private final Servers servers;
    private final Instant origin;

    Furniture(
            World world,
            Hosts hosts,
            NetworkService network,
            VolumeService volumes,
            ImageService images,
            ComputeCatalog catalog,
            Servers servers,
            Instant origin) {
        this.world = world;
        this.hosts = hosts;
        this.network = network;
        this.volumes = volumes;
        this.images = images;
        this.catalog = catalog;
        this.servers = servers;
        this.origin = origin;
    }

    static Instant ago(Instant origin, double days) {
        return origin.minusSeconds((long) (days * 86_400)).truncatedTo(ChronoUnit.SECONDS);
    }

    static String serverId(String name) {
        return World.idOf("server " + name);
    }

    static String volumeId(String name) {
        return World.idOf("volume " + name);
    }

    private void at(double days) {
        world.pretend(ago(origin, days));
    }

    /** Flavors, images, volume types, quotas and the networks that belong to everybody. */
    void bare() {
        at(95);
        catalog.kinds.addFlavor("1", "m1.tiny", 1, 512, 1, List.of());
        catalog.kinds.addFlavor("2", "m1.small", 1, 2048, 20, List.of());
        catalog.kinds.addFlavor("3", "m1.medium", 2, 4096, 40, List.of());
        catalog.kinds.addFlavor("4", "m1.large", 4, 8192, 80, List.of());
        catalog.kinds.addFlavor("5", "m1.xlarge", 8, 16_384, 160, List.of());
        catalog.kinds.addFlavor("6", "c1.medium", 4, 4096, 20, List.of());
        catalog.kinds.addFlavor("7", "r1.large", 4, 32_768, 40, List.of());
        catalog.kinds.addFlavor("20", "g1.lab", 8, 32_768, 80, List.of(DemoCloud.projectId("lab")));
        volumes.kinds.addType("__DEFAULT__", true, List.of());
        volumes.kinds.addType("standard", true, List.of());
        volumes.kinds.addType("fast", true, List.of());
        volumes.kinds.addType("slow", true, List.of());
        volumes.kinds.addType("vault", false, List.of(DemoCloud.projectId("infra")));
        image("cirros", "admin", "public", 16, 1, 64, 90, "cirros");
        image("debian-12", "admin", "public", 420, 5, 256, 88, "debian");
        image("ubuntu-24.04", "admin", "public", 610, 8, 512, 86, "ubuntu");
        image("rocky-9", "admin", "public", 980, 10, 512, 80, "rocky");
        for (String project : List.of("shop", "lab", "infra")) {
            String id = DemoCloud.projectId(project);
            catalog.quotas.setQuota(id, object("instances", 40, "cores", 80, "ram", 160_000));
            volumes.quotas.setQuota(id, object("volumes", 40, "gigabytes", 4000, "snapshots", 40));
            network.quotas.setQuota(
                    id,
                    object(
                            "floatingip",
                            20,
                            "router",
                            10,
                            "network",
                            30,
                            "subnet",
                            30,
                            "port",
                            300,
                            "security_group",
                            30));
        }
        at(93);
        net(
                "public",
                "admin",
                object(
                        "router:external",
                        true,
                        "provider:network_type",
                        "flat",
                        "provider:physical_network",
                        "public"));
        subnet(
                "public-subnet",
                "public",
                "admin",
                "203.0.113.0/24",
                object(
                        "enable_dhcp",
                        false,
                        "allocation_pools",
                        array(object("start", "203.0.113.10", "end", "203.0.113.250"))));
        net(
                "services",
                "admin",
                object(
                        "shared",
                        true,
                        "provider:network_type",
                        "vlan",
                        "provider:physical_network",
                        "physnet1",
                        "provider:segmentation_id",
                        101));
        subnet("services-subnet", "services", "admin", "10.101.0.0/24", object());
        keypair("alice");
        keypair("charlie");
        keypair("ada");
    }

    private void image(
            String name,
            String project,
            String visibility,
            int megabytes,
            int minDisk,
            int minRam,
            double days,
            String distro) {
        at(days);
        String id = World.idOf("image " + name);
        images.life.write(
                id,
                object(
                        "name",
                        name,
                        "visibility",
                        visibility,
                        "disk_format",
                        "qcow2",
                        "container_format",
                        "bare",
                        "min_disk",
                        minDisk,
                        "min_ram",
                        minRam,
                        "os_distro",
                        distro),
                DemoCloud.projectId(project));
        images.life.fill(id, megabytes * 1024L * 1024);
    }

    private void keypair(String user) {
        catalog.keys.addKeypair(DemoCloud.userId(user), user + "-key", KEY.formatted(user));
    }

    private void net(String name, String project, ObjectNode more) {
        network.networks.addNetwork(
                object("name", name).setAll(more),
                DemoCloud.projectId(project),
                World.idOf("network " + name));
    }

    private void subnet(String name, String net, String project, String cidr, ObjectNode more) {
        network.subnets.addSubnet(
                object(
                                "name",
                                name,
                                "network_id",
                                World.idOf("network " + net),
                                "cidr",
                                cidr,
                                "ip_version",
                                4)
                        .setAll(more),
                DemoCloud.projectId(project),
                World.idOf("subnet " + name));
    }

    /** What the projects have. */
    void projects() {
        hosts.disable(
                World.idOf("service nova-compute compute4"),
                "memory errors, waiting for a spare part");
        place("shop", "shop-net", "10.10.0.0/24", 66);
        place("lab", "lab-net", "10.20.0.0/24", 20);
        place("infra", "infra-net", "10.30.0.0/24", 68);
        at(65);
        net("shop-db", "shop", object());
        subnet("shop-db-subnet", "shop-db", "shop", "10.10.1.0/24", object());
        connect("shop", "shop-db-subnet");
        groups();
        image("shop-golden", "shop", "private", 1800, 10, 1024, 64, "debian");
        image("lab-cuda", "lab", "shared", 5200, 40, 4096, 15, "ubuntu");
        image("notebook-base", "lab", "community", 2100, 20, 1024, 14, "ubuntu");
        ObjectNode shared = world.table("image").get(World.idOf("image lab-cuda"));
        if (shared != null) {
            Json.items(shared, "_members")
                    .add(
                            object(
                                    "member_id",
                                    DemoCloud.projectId("infra"),
                                    "image_id",
                                    text(shared, "id"),
                                    "status",
                                    "accepted",
                                    "created_at",
                                    world.stamp(),
                                    "updated_at",
                                    world.stamp(),
                                    "schema",
                                    "/v2/schemas/member"));
        }
        int turn = 0;
        for (Piece piece : SERVERS) {
            String image =
                    piece.name().startsWith("web")
                            ? "shop-golden"
                            : piece.project().equals("lab") ? "ubuntu-24.04" : "debian-12";
            String host = "compute" + (turn++ % 3 + 1);
            run(
                    piece,
                    image,
                    host,
                    piece.name().startsWith("db") ? "shop-db" : piece.project() + "-net");
        }
        volumes();
        floating();
        oddities();
    }

    private void place(String project, String net, String cidr, double days) {
        at(days);
        net(net, project, object());
        subnet(net + "-subnet", net, project, cidr, object("dns_nameservers", array("9.9.9.9")));
        network.routers.addRouter(
                object(
                        "name",
                        project + "-router",
                        "external_gateway_info",
                        object("network_id", World.idOf("network public"))),
                DemoCloud.projectId(project),
                World.idOf("router " + project));
        connect(project, net + "-subnet");
        ObjectNode group = network.groups.defaultGroup(DemoCloud.projectId(project));
        network.groups.addRule(
                object(
                        "security_group_id",
                        text(group, "id"),
                        "direction",
                        "ingress",
                        "protocol",
                        "tcp",
                        "port_range_min",
                        22,
                        "port_range_max",
                        22,
                        "remote_ip_prefix",
                        "10.0.0.0/8",
                        "description",
                        "from inside"),
                DemoCloud.projectId(project),
                World.idOf("ssh rule " + project));
    }

    private void connect(String project, String subnet) {
        ObjectNode router =
                network.documents.table(NetworkKind.ROUTER).get(World.idOf("router " + project));
        ObjectNode to =
                network.documents.table(NetworkKind.SUBNET).get(World.idOf("subnet " + subnet));
        if (router != null && to != null) {
            network.routers.connect(router, to);
        }
    }

    private void groups() {
        String shop = DemoCloud.projectId("shop");
        ObjectNode web =
                network.groups.makeGroup("web", "the shop's front", shop, World.idOf("group web"));
        for (int port : List.of(80, 443)) {
            network.groups.addRule(
                    object(
                            "security_group_id",
                            text(web, "id"),
                            "direction",
                            "ingress",
                            "protocol",
                            "tcp",
                            "port_range_min",
                            port,
                            "port_range_max",
                            port,
                            "remote_ip_prefix",
                            "0.0.0.0/0"),
                    shop,
                    World.idOf("web rule " + port));
        }
        ObjectNode db =
                network.groups.makeGroup(
                        "db", "PostgreSQL from the web servers", shop, World.idOf("group db"));
        network.groups.addRule(
                object(
                        "security_group_id",
                        text(db, "id"),
                        "direction",
                        "ingress",
                        "protocol",
                        "tcp",
                        "port_range_min",
                        5432,
                        "port_range_max",
                        5432,
                        "remote_group_id",
                        text(web, "id")),
                shop,
                World.idOf("db rule"));
    }

    private ObjectNode flavor(String id) {
        ObjectNode flavor = world.table("flavor").get(id);
        if (flavor == null) {
            throw new IllegalStateException("No flavor " + id);
        }
        return catalog.kinds.frozen(flavor);
    }

    private ObjectNode write(Piece piece, String image) {
        at(piece.daysOld());
        ObjectNode server =
                servers.write(
                        serverId(piece.name()),
                        piece.name(),
                        DemoCloud.projectId(piece.project()),
                        DemoCloud.userId(piece.user()),
                        flavor(piece.flavor()),
                        World.idOf("image " + image));
        server.put("key_name", piece.user() + "-key").put("description", piece.name());
        return server;
    }

    private void run(Piece piece, String image, String host, String net) {
        ObjectNode server = write(piece, image);
        String group =
                switch (piece.name()) {
                    case "web-1", "web-2", "web-3", "lb-1" -> World.idOf("group web");
                    case "db-1", "db-2" -> World.idOf("group db");
                    default -> "";
                };
        plug(server, host, net, group);
        launch(server, host);
        if (piece.name().startsWith("web")) {
            ((ObjectNode) server.get("metadata")).put("role", "front");
            Json.items(server, "tags").add("shop").add("web");
        }
    }

    private void plug(ObjectNode server, String host, String net, String group) {
        ObjectNode asked =
                object(
                        "network_id",
                        World.idOf("network " + net),
                        "device_id",
                        text(server, "id"),
                        "device_owner",
                        "compute:nova",
                        "binding:host_id",
                        host,
                        "dns_name",
                        text(server, "_hostname"));
        if (!group.isEmpty()) {
            asked.set("security_groups", array(group));
        }
        ObjectNode port =
                network.ports.addPort(
                        asked, text(server, "tenant_id"), World.idOf("port " + text(server, "id")));
        port.put("status", "ACTIVE").put("_made_by_nova", true);
        Json.items(server, "_ports").add(text(port, "id"));
    }

    private void launch(ObjectNode server, String host) {
        world.pretend(world.now().plusSeconds(9));
        server.put("_host", host)
                .put("_vm", "active")
                .putNull("_task")
                .put("_power", 1)
                .put("_zone", "nova");
        server.put("_launched", world.stampWithMicros()).put("updated", world.stamp());
    }

    private void volumes() {
        for (Disk disk : VOLUMES) {
            at(disk.daysOld());
            String user =
                    disk.project().equals("shop")
                            ? "alice"
                            : disk.project().equals("lab") ? "charlie" : "ada";
            ObjectNode volume =
                    volumes.life.write(
                            volumeId(disk.name()),
                            disk.name(),
                            DemoCloud.projectId(disk.project()),
                            DemoCloud.userId(user),
                            disk.size(),
                            disk.type());
            world.pretend(world.now().plusSeconds(4));
            volume.put("status", "available")
                    .put("updated_at", world.stampWithMicros())
                    .put("_launched", world.stampWithMicros());
            ObjectNode server = world.table("server").get(serverId(disk.server()));
            if (server != null) {
                attach(server, volume);
            }
        }
        at(3);
        ObjectNode data = world.table("volume").get(volumeId("db-1-data"));
        if (data != null) {
            volumes.copies
                    .writeSnapshot(World.idOf("snapshot db-1"), data, "db-1 before the upgrade")
                    .put("status", "available");
        }
    }

    private void attach(ObjectNode server, ObjectNode volume) {
        String attachment = World.idOf("attachment " + text(volume, "id"));
        Json.items(server, "_volumes")
                .add(
                        object(
                                "volume",
                                text(volume, "id"),
                                "device",
                                "/dev/vdb",
                                "delete_on_termination",
                                false,
                                "attachment",
                                attachment,
                                "bdm",
                                World.idOf("bdm " + text(volume, "id")),
                                "tag",
                                null,
                                "attached",
                                true));
        volume.put("status", "in-use");
        Json.items(volume, "_attachments")
                .add(
                        object(
                                "id",
                                attachment,
                                "attached",
                                true,
                                "server",
                                text(server, "id"),
                                "device",
                                "/dev/vdb",
                                "since",
                                world.stampWithMicros(),
                                "host",
                                text(server, "_host")));
    }

    private void floating() {
        Map<String, @Nullable String> wanted = new java.util.LinkedHashMap<>();
        wanted.put("shop-front", "lb-1");
        wanted.put("shop-bastion", "bastion");
        wanted.put("shop-spare", null);
        wanted.put("infra-mail", "mail");
        wanted.forEach((name, server) -> {
            at(name.equals("shop-spare") ? 26 : 21);
            String project = name.substring(0, name.indexOf('-'));
            ObjectNode floating =
                    network.floatingIps.addFloatingIp(
                            object(
                                    "floating_network_id",
                                    World.idOf("network public"),
                                    "description",
                                    name),
                            DemoCloud.projectId(project),
                            World.idOf("floating " + name));
            ObjectNode port =
                    server == null
                            ? null
                            : network.documents
                                    .table(NetworkKind.PORT)
                                    .get(World.idOf("port " + serverId(server)));
            if (port != null) {
                network.floatingIps.associate(floating, port, World.idOf("router " + project), "");
                floating.put("status", "ACTIVE");
            }
        });
    }

    private void oddities() {
        ObjectNode idle = world.table("server").get(serverId("old-report"));
        if (idle != null) {
            at(19.3);
            idle.put("_vm", "stopped").put("_power", 4).put("updated", world.stamp());
        }
        ObjectNode stuck = write(new Piece("staging", "shop", "alice", "3", 0.09), "debian-12");
        stuck.put("_host", "compute2").put("_task", "spawning").put("updated", world.stamp());
        ObjectNode failed = write(new Piece("import-job", "shop", "alice", "5", 1.3), "debian-12");
        failed.put("_vm", "error").putNull("_task").put("updated", world.stamp());
        failed.set(
                "_fault",
                object(
                        "code",
                        500,
                        "created",
                        world.stamp(),
                        "message",
                        "No valid host was found. There are not enough hosts available."));
    }

    /** Many servers for trying out scale; they share a network of their own. */
    void crowd(int count) {
        at(30);
        String project = DemoCloud.projectId("shop");
        catalog.quotas.setQuota(project, object("instances", -1, "cores", -1, "ram", -1));
        network.quotas.setQuota(project, object("port", -1));
        net("crowd", "shop", object());
        subnet("crowd-subnet", "crowd", "shop", "10.128.0.0/16", object("enable_dhcp", false));
        List<Hosts.Host> all = hosts.all();
        for (int i = 0; i < count; i++) {
            at(29 - i * 28.0 / count);
            String name = "crowd-%05d".formatted(i);
            ObjectNode server =
                    servers.write(
                            serverId(name),
                            name,
                            project,
                            DemoCloud.userId("alice"),
                            flavor(i % 10 == 0 ? "2" : "1"),
                            World.idOf("image cirros"));
            String host = all.get(4 + i % (all.size() - 4)).name();
            plug(server, host, "crowd", "");
            launch(server, host);
            if (i % 17 == 0) {
                server.put("_vm", "stopped").put("_power", 4);
            }
        }
    }
}
