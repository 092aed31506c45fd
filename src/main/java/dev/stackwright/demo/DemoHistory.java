package dev.stackwright.demo;

import static dev.stackwright.demo.Json.object;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the services of a furnished demo cloud said in the days before it was opened, so that there
 * is something to measure from the first minute: a good thousand notifications of two months, the
 * same ones with the same ids however often they are asked for.
 */
final class DemoHistory {

    private static final int DAYS = 62;
    private static final Duration NIGHTLY = Duration.ofMinutes(70);

    private final Servers servers;
    private final VolumeService volumes;
    private final NetworkService network;
    private final World world;
    private final Instant origin;
    private final List<DemoEnvelope> said = new ArrayList<>();

    private DemoHistory(
            World world,
            Servers servers,
            VolumeService volumes,
            NetworkService network,
            Instant origin) {
        this.world = world;
        this.servers = servers;
        this.volumes = volumes;
        this.network = network;
        this.origin = origin;
    }

    /** All of it, oldest first. */
    static List<DemoEnvelope> of(
            World world,
            Servers servers,
            VolumeService volumes,
            NetworkService network,
            Instant origin) {
        return new DemoHistory(world, servers, volumes, network, origin).tell();
    }

    private List<DemoEnvelope> tell() {
        Furniture.SERVERS.forEach(this::server);
        for (int day = DAYS; day >= 1; day--) {
            nightly(day);
        }
        Furniture.VOLUMES.forEach(this::volume);
        passingVolume();
        passingServer();
        floatingIps();
        said.sort(Comparator.comparing(DemoEnvelope::time));
        return List.copyOf(said);
    }

    private ObjectNode past(
            String id, String name, String project, String user, String flavor, Instant created) {
        ObjectNode known = world.table("flavor").get(flavor);
        ObjectNode server =
                servers.document(
                        id,
                        name,
                        DemoCloud.projectId(project),
                        DemoCloud.userId(user),
                        known == null ? object() : known,
                        World.idOf("image debian-12"),
                        created);
        Instant launched = created.plusSeconds(9);
        return server.put("_vm", "active")
                .putNull("_task")
                .put("_host", "compute1")
                .put("_launched", World.stampWithMicros(launched));
    }

    private void server(Furniture.Piece piece) {
        Instant created = Furniture.ago(origin, piece.daysOld());
        boolean grows = piece.name().equals("db-1");
        ObjectNode server =
                past(
                        Furniture.serverId(piece.name()),
                        piece.name(),
                        piece.project(),
                        piece.user(),
                        grows ? "3" : piece.flavor(),
                        created);
        say(
                server,
                "compute.instance.create.end",
                created.plusSeconds(9),
                object("message", "Success"));
        Instant resized = Furniture.ago(origin, 17.4);
        Instant stopped = Furniture.ago(origin, 19.3);
        if (grows) {
            daily(server, created, resized);
            ObjectNode larger =
                    past(
                            Furniture.serverId(piece.name()),
                            piece.name(),
                            piece.project(),
                            piece.user(),
                            piece.flavor(),
                            created);
            say(larger, "compute.instance.finish_resize.end", resized, object());
            daily(larger, resized, origin);
        } else if (piece.name().equals("old-report")) {
            daily(server, created, stopped);
            server.put("_vm", "stopped");
            say(server, "compute.instance.power_off.end", stopped, object());
            daily(server, stopped, origin);
        } else {
            daily(server, created, origin);
        }
    }

    private void daily(ObjectNode server, Instant from, Instant until) {
        Instant day = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        for (; day.isBefore(until); day = day.plus(1, ChronoUnit.DAYS)) {
            say(
                    server,
                    "compute.instance.exists",
                    day,
                    ServerStates.audit(
                            day.minus(1, ChronoUnit.DAYS), day, "_beginning", "_ending"));
        }
    }

    /** A server that makes the shop's report and is gone before the morning. */
    private void nightly(int day) {
        Instant created =
                origin.minus(day, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plus(2, ChronoUnit.HOURS);
        Instant ended = created.plus(NIGHTLY).plusSeconds(day * 37L % 600);
        if (!ended.isBefore(origin)) {
            return;
        }
        String name = "report-" + created.toString().substring(0, 10);
        ObjectNode server = past(World.idOf("server " + name), name, "shop", "alice", "6", created);
        say(
                server,
                "compute.instance.create.end",
                created.plusSeconds(9),
                object("message", "Success"));
        ObjectNode last =
                Json.copy(server)
                        .put("_vm", "deleted")
                        .put("_terminated", World.stampWithMicros(ended));
        say(last, "compute.instance.delete.end", ended, object());
    }

    /** It was large, and of last month: what makes this month cheaper. */
    private void passingServer() {
        Instant created = Furniture.ago(origin, 52.3);
        Instant deleted = Furniture.ago(origin, 38.1);
        ObjectNode server =
                past(Furniture.serverId("campaign"), "campaign", "shop", "alice", "5", created);
        say(
                server,
                "compute.instance.create.end",
                created.plusSeconds(9),
                object("message", "Success"));
        daily(server, created, deleted);
        ObjectNode last =
                Json.copy(server)
                        .put("_vm", "deleted")
                        .put("_terminated", World.stampWithMicros(deleted));
        say(last, "compute.instance.delete.end", deleted, object());
    }

    private void say(ObjectNode server, String event, Instant at, ObjectNode more) {
        keep(
                "nova",
                "compute." + Json.text(server, "_host"),
                event,
                servers.payloads.payload(server, more),
                at,
                Json.text(server, "id"));
    }

    private void volume(Furniture.Disk disk) {
        Instant created = Furniture.ago(origin, disk.daysOld());
        String user =
                disk.project().equals("shop")
                        ? "alice"
                        : disk.project().equals("lab") ? "charlie" : "ada";
        boolean grows = disk.name().equals("media");
        ObjectNode volume =
                pastVolume(
                        Furniture.volumeId(disk.name()),
                        disk.name(),
                        disk.project(),
                        user,
                        grows ? disk.size() / 2 : disk.size(),
                        disk.type(),
                        created);
        sayVolume(volume, "volume.create.end", created.plusSeconds(4), object());
        Instant extended = Furniture.ago(origin, 11.7);
        if (grows) {
            dailyVolume(volume, created, extended);
            volume.put("size", disk.size());
            sayVolume(volume, "volume.resize.end", extended, object());
            dailyVolume(volume, extended, origin);
        } else {
            dailyVolume(volume, created, origin);
        }
    }

    private void passingVolume() {
        Instant created = Furniture.ago(origin, 23.2);
        Instant deleted = Furniture.ago(origin, 8.6);
        ObjectNode volume =
                pastVolume(
                        Furniture.volumeId("migration"),
                        "migration",
                        "shop",
                        "alice",
                        400,
                        "standard",
                        created);
        sayVolume(volume, "volume.create.end", created.plusSeconds(4), object());
        dailyVolume(volume, created, deleted);
        sayVolume(volume.put("status", "deleting"), "volume.delete.end", deleted, object());
    }

    private ObjectNode pastVolume(
            String id,
            String name,
            String project,
            String user,
            int size,
            String type,
            Instant created) {
        return volumes.life
                .document(
                        id,
                        name,
                        DemoCloud.projectId(project),
                        DemoCloud.userId(user),
                        size,
                        type,
                        created)
                .put("status", "available")
                .put("_launched", World.stampWithMicros(created.plusSeconds(4)));
    }

    private void dailyVolume(ObjectNode volume, Instant from, Instant until) {
        Instant day = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        for (; day.isBefore(until); day = day.plus(1, ChronoUnit.DAYS)) {
            sayVolume(
                    volume,
                    "volume.exists",
                    day,
                    object(
                            "audit_period_beginning",
                                    World.stampWithSpace(day.minus(1, ChronoUnit.DAYS))
                                            .substring(0, 19),
                            "audit_period_ending", World.stampWithSpace(day).substring(0, 19)));
        }
    }

    private void sayVolume(ObjectNode volume, String event, Instant at, ObjectNode more) {
        keep(
                "cinder",
                "volume." + Json.text(volume, "_host"),
                event,
                volumes.life.payload(volume).setAll(more),
                at,
                Json.text(volume, "id"));
    }

    private void floatingIps() {
        for (ObjectNode floating : network.documents.table(NetworkKind.FLOATING_IP).values()) {
            ObjectNode shown = Json.open(floating);
            keep(
                    "neutron",
                    "network.control1",
                    "floatingip.create.end",
                    object("floatingip", shown),
                    Instant.parse(Json.text(floating, "created_at")),
                    Json.text(floating, "id"));
        }
    }

    private void keep(
            String exchange,
            String publisher,
            String event,
            ObjectNode payload,
            Instant at,
            String id) {
        if (at.isBefore(origin)) {
            said.add(
                    Bus.envelope(
                            exchange,
                            publisher,
                            event,
                            "INFO",
                            payload,
                            null,
                            at,
                            World.idOf("said " + event + id + at)));
        }
    }
}
