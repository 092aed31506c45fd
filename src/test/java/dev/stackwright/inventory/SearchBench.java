package dev.stackwright.inventory;

import static dev.stackwright.inventory.TestInventory.ALICE;
import static dev.stackwright.inventory.TestInventory.NORTH;

import dev.stackwright.Databases;
import dev.stackwright.inventory.collect.Objects;
import dev.stackwright.inventory.store.ObjectRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a search takes among 100,000 objects: 60,000 of the viewer's own project with names that
 * begin alike, 40,000 of forty others. Each answer is looked at before its time counts.
 */
final class SearchBench {

    private static final int OWN = 60_000;
    private static final int OTHERS = 40_000;
    private static final int PAGE = 500;
    private static final int ROUNDS = 40;
    private static final int WARM = 10;

    /** What is typed, and how many must be found: at most ten of a kind. */
    private static final Map<String, Integer> ASKED =
            Map.of(
                    "we", 20,
                    "web-0599", 20,
                    "data-31", 20,
                    "00031000-0000", 2,
                    "10.3.42.", 10,
                    "fa:16:3e:00:75:30", 1,
                    "secret", 0,
                    "nothing-is-called-so", 0);

    private SearchBench() {}

    public static void main(String[] databases) {
        var wanted = databases.length == 0 ? new String[] {"h2", "postgresql"} : databases;
        for (var database : wanted) {
            measure(database);
        }
        System.exit(0);
    }

    private static void measure(String database) {
        var source = database.equals("h2") ? Databases.h2() : Databases.postgres();
        var house = new TestInventory(source, Clock.systemUTC());
        var began = System.nanoTime();
        fill(house);
        figure("search-fill-" + database, seconds(began), "s");
        if (database.equals("postgresql")) {
            house.jdbc.sql("analyze").update();
        }
        var all = new ArrayList<Double>();
        ASKED.forEach((text, count) -> all.addAll(times(house, text, count)));
        figure("search-p50-" + database, percentile(all, 0.5), "ms");
        figure("search-p95-" + database, percentile(all, 0.95), "ms");
        figure("search-max-" + database, percentile(all, 1), "ms");
    }

    private static List<Double> times(TestInventory house, String text, int count) {
        var times = new ArrayList<Double>();
        for (var round = 0; round < ROUNDS; round++) {
            var began = System.nanoTime();
            var found = house.inventory.search(ALICE, text, 10);
            if (found.size() != count) {
                throw new IllegalStateException(
                        "'%s' finds %d, not %d: %s".formatted(text, found.size(), count, found));
            }
            if (round >= WARM) {
                times.add(seconds(began) * 1000);
            }
        }
        System.out.printf(
                Locale.ROOT, "%-24s p95 %.1f ms, found %d%n", text, percentile(times, 0.95), count);
        return times;
    }

    private static void fill(TestInventory house) {
        for (var at = 0; at < OWN; at += 2 * PAGE) {
            var from = at / 2;
            store(house, volumes("shop", "web", from));
            store(house, ports("shop", "net-shop", from));
        }
        for (var at = 0; at < OTHERS; at += PAGE) {
            store(house, volumes("project-" + at / 1000, "web-secret", 1_000_000 + at));
        }
        store(
                house,
                List.of(
                        Objects.of(
                                Kind.NETWORK,
                                "{'id':'net-shop','name':'private','project_id':'shop'}")));
    }

    private static List<ObjectRecord> volumes(String project, String name, int from) {
        var volumes = new ArrayList<ObjectRecord>();
        for (var i = from; i < from + PAGE; i++) {
            volumes.add(
                    Objects.of(
                            Kind.VOLUME,
                            "{'id':'%08d-0000-0000-0000-000000000001','name':'%s-%05d-data-%d','status':'available','os-vol-tenant-attr:tenant_id':'%s'}"
                                    .formatted(i, name, i, i, project)));
        }
        return volumes;
    }

    private static List<ObjectRecord> ports(String project, String network, int from) {
        var ports = new ArrayList<ObjectRecord>();
        for (var i = from; i < from + PAGE; i++) {
            ports.add(
                    Objects.of(
                            Kind.PORT,
                            "{'id':'%08d-0000-0000-0000-000000000002','name':'web-%05d-data-%d-port','status':'ACTIVE','project_id':'%s','network_id':'%s','mac_address':'fa:16:3e:%02x:%02x:%02x','fixed_ips':[{'ip_address':'10.%d.%d.%d'}]}"
                                    .formatted(
                                            i,
                                            i,
                                            i,
                                            project,
                                            network,
                                            i >> 16 & 255,
                                            i >> 8 & 255,
                                            i & 255,
                                            i / 4000,
                                            i / 50 % 80,
                                            i % 50)));
        }
        return ports;
    }

    private static void store(TestInventory house, List<ObjectRecord> objects) {
        house.transaction.executeWithoutResult(
                _ -> house.collected.storeObjects(NORTH, objects, Instant.EPOCH));
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static double percentile(List<Double> times, double part) {
        var sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(sorted.length * part))];
    }

    private static void figure(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, "figure %s %.1f %s%n", name, value, unit);
    }
}
