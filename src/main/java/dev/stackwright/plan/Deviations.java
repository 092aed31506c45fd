package dev.stackwright.plan;

import dev.stackwright.catalog.ResourceType;
import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changed of one resource on the cloud, and what becomes of it. Without a choice it
 * is brought back, unless that would build the resource anew; what nothing brings back stays.
 */
final class Deviations {

    private final @Nullable ResourceType type;
    private final Secrets secrets;
    private final Seen seen;
    private final List<Deviation> all = new ArrayList<>();
    private final Set<String> untold;

    Deviations(@Nullable ResourceType type, Secrets secrets, Seen seen) {
        this.type = type;
        this.secrets = secrets;
        this.seen = seen;
        this.untold = new LinkedHashSet<>(seen.untold());
    }

    List<Deviation> all() {
        return all;
    }

    Set<String> untold() {
        return untold;
    }

    /** What was applied, with what is on the cloud instead where that is to change. */
    Map<String, Value> standing(Map<String, Value> applied, Map<String, Value> news) {
        var standing = new LinkedHashMap<>(applied);
        OldNames.translated(seen.different().values(), type)
                .forEach((name, live) -> {
                    if (!isKnown(name, applied)) {
                        return;
                    }
                    if (isSecret(name, applied.get(name)) || secrets.in(live)) {
                        untold.add(name);
                        return;
                    }
                    var deviation = deviation(name, applied.get(name), live, news);
                    all.add(deviation);
                    if (!deviation.kept()) {
                        standing.put(name, live);
                    }
                });
        return standing;
    }

    private boolean isKnown(String name, Map<String, Value> applied) {
        var schema = type == null ? null : type.properties().get(name);
        return applied.containsKey(name) || (schema != null && schema.defaultValue() != null);
    }

    private boolean isSecret(String name, @Nullable Value applied) {
        var schema = type == null ? null : type.properties().get(name);
        return (schema != null && schema.secret()) || secrets.in(applied);
    }

    private Deviation deviation(
            String name, @Nullable Value applied, Value live, Map<String, Value> news) {
        boolean stays = Objects.equals(applied, news.get(name));
        var why =
                seen.lasting().contains(name)
                        ? Deviation.Reservation.LASTS
                        : Replacement.isForcedBy(name, type, news)
                                ? Deviation.Reservation.REPLACES
                                : Deviation.Reservation.NONE;
        var choice = seen.choices().get(name);
        boolean kept =
                stays
                        && switch (why) {
                            case LASTS -> true;
                            case REPLACES -> choice != Seen.Choice.OVERWRITE;
                            case NONE -> choice == Seen.Choice.KEEP;
                        };
        var places =
                ValueDiff.between(
                                name,
                                type == null ? null : type.properties().get(name),
                                applied,
                                live,
                                _ -> false)
                        .stream()
                        .map(one -> new Deviation.Place(one.path(), one.before(), one.after()))
                        .toList();
        return new Deviation(
                name, live, places, kept, stays && why != Deviation.Reservation.LASTS, why);
    }
}
