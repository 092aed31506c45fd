package dev.stackwright.web.editor;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Image;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.kernel.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What of the cloud may stand where a custom constraint is, as the inventory last saw it. */
@Component
public class Choices {

    private final Inventory inventory;

    Choices(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * One thing to choose.
     *
     * @param id that it is sent as
     * @param name how a template may call it: the name, or the id when another has the same name
     * @param label how a person tells it from the others
     */
    public record Choice(String id, String name, String label) {}

    /**
     * @param constraint such as {@code neutron.network}; empty for one that nothing is known of
     */
    public List<Choice> of(Viewer viewer, String constraint) {
        return switch (constraint) {
            case "nova.flavor" ->
                    inventory.flavors(viewer).stream()
                            .map(f -> new Choice(f.name(), f.name(), label(f)))
                            .toList();
            case "glance.image" -> named(inventory.images(viewer), Image::id, Image::name);
            case "nova.keypair" -> named(inventory.keypairs(viewer));
            case "neutron.network" -> named(inventory.networks(viewer));
            case "neutron.subnet" -> named(inventory.subnets(viewer));
            case "neutron.router" -> named(inventory.routers(viewer));
            case "neutron.port" -> named(inventory.ports(viewer));
            case "neutron.security_group" -> named(inventory.securityGroups(viewer));
            case "cinder.volume" -> named(inventory.volumes(viewer));
            case "cinder.vtype" -> named(inventory.volumeTypes(viewer));
            case "cinder.snapshot" -> named(inventory.objects(viewer, Kind.VOLUME_SNAPSHOT));
            case "nova.zone", "cinder.zone" ->
                    inventory.availabilityZones(viewer).stream()
                            .map(CloudObject::label)
                            .distinct()
                            .map(zone -> new Choice(zone, zone, zone))
                            .toList();
            default -> List.of();
        };
    }

    private static String label(Flavor flavor) {
        var memory =
                flavor.memoryMb() < 1024
                        ? flavor.memoryMb() + " MiB"
                        : "%s GiB"
                                .formatted(
                                        flavor.memoryMb() % 1024 == 0
                                                ? String.valueOf(flavor.memoryMb() / 1024)
                                                : String.format(
                                                        Locale.ROOT,
                                                        "%.1f",
                                                        flavor.memoryMb() / 1024.0));
        return "%s (%d vCPU, %s)".formatted(flavor.name(), flavor.vcpus(), memory);
    }

    private static List<Choice> named(List<CloudObject> objects) {
        return named(objects, CloudObject::id, CloudObject::name);
    }

    /** Two of one name are told apart by the beginning of their ids. */
    static <T> List<Choice> named(
            List<T> objects, Function<T, String> id, Function<T, String> name) {
        var often = objects.stream().collect(Collectors.groupingBy(name, Collectors.counting()));
        var choices = new ArrayList<Choice>();
        for (var one : objects) {
            var key = id.apply(one);
            var called = name.apply(one);
            if (called.isEmpty()) {
                choices.add(new Choice(key, key, key));
            } else if (often.getOrDefault(called, 0L) == 1) {
                choices.add(new Choice(key, called, called));
            } else {
                var begin = key.substring(0, Math.min(8, key.length()));
                choices.add(new Choice(key, key, "%s (%s)".formatted(called, begin)));
            }
        }
        return choices;
    }
}
