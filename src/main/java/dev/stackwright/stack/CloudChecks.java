package dev.stackwright.stack;

import dev.stackwright.inventory.Flavor;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.Kind;
import dev.stackwright.inventory.ServerQuery;
import dev.stackwright.kernel.Value;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.template.Constraints;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether what a template names is there, as the inventory last saw it; what was never collected is
 * taken for granted.
 */
final class CloudChecks implements Constraints {

    private static final Map<String, Kind> KINDS =
            Map.ofEntries(
                    Map.entry("nova.flavor", Kind.FLAVOR),
                    Map.entry("nova.keypair", Kind.KEYPAIR),
                    Map.entry("nova.server", Kind.SERVER),
                    Map.entry("nova.host", Kind.HYPERVISOR),
                    Map.entry("keystone.project", Kind.PROJECT),
                    Map.entry("glance.image", Kind.IMAGE),
                    Map.entry("neutron.network", Kind.NETWORK),
                    Map.entry("neutron.subnet", Kind.SUBNET),
                    Map.entry("neutron.port", Kind.PORT),
                    Map.entry("neutron.router", Kind.ROUTER),
                    Map.entry("neutron.security_group", Kind.SECURITY_GROUP),
                    Map.entry("cinder.volume", Kind.VOLUME),
                    Map.entry("cinder.vtype", Kind.VOLUME_TYPE),
                    Map.entry("cinder.snapshot", Kind.VOLUME_SNAPSHOT));

    private final Inventory inventory;
    private final Viewer viewer;
    private final Clock clock;

    CloudChecks(Inventory inventory, Viewer viewer, Clock clock) {
        this.inventory = inventory;
        this.viewer = viewer;
        this.clock = clock;
    }

    @Override
    public Optional<String> check(String constraintName, Value value) {
        if (!(value instanceof Value.Text(var text)) || text.isEmpty()) {
            return Optional.empty();
        }
        if (constraintName.equals("expiration")) {
            return isOver(text) ? Optional.of("It must be in the future.") : Optional.empty();
        }
        var kind = KINDS.get(constraintName);
        if (kind == null || (kind.isMachinery() && !viewer.admin())) {
            return Optional.empty(); // the inventory cannot tell
        }
        if (isKnown(kind, text)) {
            return Optional.empty();
        }
        var word = word(kind);
        return Optional.of("This project sees no %s `%s`.".formatted(word, text));
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case HYPERVISOR -> "host";
            default -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /**
     * A moment without a zone is one of UTC; what has no time to the minute is over by its year.
     */
    private boolean isOver(String text) {
        var written = text.strip().replace(' ', 'T');
        try {
            var moment =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(
                            written, OffsetDateTime::from, LocalDateTime::from);
            var instant =
                    moment instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(moment).toInstant(ZoneOffset.UTC);
            return !instant.isAfter(clock.instant());
        } catch (DateTimeException _) {
            return written.matches("[0-9]{4}.*")
                    && Integer.parseInt(written.substring(0, 4))
                            < LocalDate.now(clock.withZone(ZoneOffset.UTC)).getYear();
        }
    }

    private boolean isKnown(Kind kind, String text) {
        return switch (kind) {
            case SERVER -> isServer(text);
            case FLAVOR -> {
                var flavors = inventory.flavors(viewer);
                yield flavors.isEmpty() || flavors.stream().anyMatch(f -> is(f, text));
            }
            case IMAGE -> {
                var images = inventory.images(viewer);
                yield images.isEmpty()
                        || images.stream()
                                .anyMatch(i -> i.id().equals(text) || i.name().equals(text));
            }
            default -> {
                if (inventory.find(viewer, kind, text).isPresent()) {
                    yield true;
                }
                var all = inventory.objects(viewer, kind);
                // A kind of which there is nothing at all was most likely not collected yet.
                yield all.isEmpty() || all.stream().anyMatch(o -> o.name().equals(text));
            }
        };
    }

    private boolean isServer(String text) {
        if (!inventory.servers(viewer, List.of(text)).isEmpty()) {
            return true;
        }
        var named =
                new ServerQuery(
                        text,
                        null,
                        null,
                        null,
                        null,
                        null,
                        ServerQuery.Sort.NAME,
                        false,
                        1000,
                        null,
                        false);
        return inventory.servers(viewer, named).rows().stream()
                        .anyMatch(server -> server.name().equals(text))
                || inventory.servers(viewer, ServerQuery.NEWEST.withSize(1)).rows().isEmpty();
    }

    private static boolean is(Flavor flavor, String text) {
        return flavor.id().equals(text) || flavor.name().equals(text);
    }
}
