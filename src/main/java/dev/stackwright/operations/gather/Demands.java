package dev.stackwright.operations.gather;

import dev.stackwright.cloud.Account;
import dev.stackwright.cloud.CloudFailure;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Service;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.operations.doctor.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an instance that found no host had asked for, and whether placement would have room for it
 * now. Asked for such instances alone, and remembered.
 */
final class Demands {

    private static final Logger LOG = LoggerFactory.getLogger(Demands.class);
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 200;

    private final CloudName cloud;
    private final Account account;
    private final Inventory inventory;
    private final Map<String, Wants> wants = new HashMap<>();
    private final Map<String, Room> rooms = new HashMap<>();

    private record Wants(Map<String, String> specs, Instant asked) {}

    Demands(CloudName cloud, Account account, Inventory inventory) {
        this.cloud = cloud;
        this.account = account;
        this.inventory = inventory;
    }

    Map<String, String> wants(String flavor, Instant now) {
        var known = wants.get(flavor);
        if (known == null || isOld(known.asked(), now)) {
            known = new Wants(specs(flavor), now);
            wants.put(flavor, known);
        }
        return known.specs();
    }

    private Map<String, String> specs(String flavor) {
        try {
            return account.as(os ->
                    os.find(
                                    Request.get(
                                                    Service.COMPUTE,
                                                    "/flavors/{}/os-extra_specs",
                                                    flavor)
                                            .within(PATIENCE))
                            .map(answer -> Answers.texts(answer.body().path("extra_specs")))
                            .orElse(Map.of()));
        } catch (CloudFailure failure) {
            LOG.debug("Extra specs of flavor {}: {}", flavor, failure.getMessage());
            return Map.of();
        }
    }

    @Nullable Room room(ServerRow server, Instant now) {
        var disk = server.image() == null ? 0 : server.diskGb();
        var asked = "VCPU:" + server.vcpus() + ",MEMORY_MB:" + server.memoryMb();
        var resources = disk == 0 ? asked : asked + ",DISK_GB:" + disk;
        var known = rooms.get(resources);
        if (known == null || isOld(known.asked(), now)) {
            known = askedRoom(resources, now);
            if (known == null) {
                rooms.remove(resources);
            } else {
                rooms.put(resources, known);
            }
        }
        return known;
    }

    private @Nullable Room askedRoom(String resources, Instant now) {
        try {
            Optional<Room> room =
                    account.as(os -> {
                        var found =
                                os.find(
                                        Request.get(Service.PLACEMENT, "/allocation_candidates")
                                                .query("resources", resources)
                                                .query("limit", MOST)
                                                .microversion("1.29")
                                                .within(PATIENCE));
                        if (found.isEmpty()) {
                            return Optional.empty();
                        }
                        var names = names();
                        var hosts = new HashSet<String>();
                        for (var each :
                                found.get().body().path("provider_summaries").properties()) {
                            hosts.add(names.getOrDefault(each.getKey(), each.getKey()));
                        }
                        return Optional.of(new Room(hosts, now));
                    });
            return room.orElse(null);
        } catch (CloudFailure failure) {
            LOG.debug("Room for {}: {}", resources, failure.getMessage());
            return null;
        }
    }

    /** Placement calls hosts by the ids of their hypervisors. */
    private Map<String, String> names() {
        var names = new HashMap<String, String>();
        inventory
                .objects(Suspects.viewer(cloud, ""), Kind.HYPERVISOR)
                .forEach(host ->
                        names.put(
                                host.id(),
                                host.facts().path("service").path("host").asString(host.name())));
        return names;
    }

    private static boolean isOld(Instant asked, Instant now) {
        return Duration.between(asked, now).compareTo(REMEMBERED) > 0;
    }
}
