package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.Members;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group whose members change in number: who they are to be, and in which turns they get there.
 * Pure.
 *
 * <p>The arithmetic of turns is Heat's. A turn may bring so many members up to date, and so many
 * must stay in service meanwhile; where that leaves too few, the group is larger for a while.
 */
final class Group {

    static final String SCALING = "OS::Heat::AutoScalingGroup";
    private static final int LONGEST_NAME = 12;

    private final String type;
    private final Map<String, Value> properties;
    private final Value updatePolicy;
    private final String seed;
    private final Standing standing;

    /**
     * How a group stands.
     *
     * @param members what each is, the oldest first
     * @param failed the members that are not sound
     * @param references what a reference to a member is worth, and to its object, by name
     * @param removed the names that were taken away and are not used again
     */
    record Standing(
            Map<String, Value.Entries> members,
            Set<String> failed,
            Map<String, Set<String>> references,
            Set<String> removed) {

        static final Standing NOTHING = new Standing(Map.of(), Set.of(), Map.of(), Set.of());
    }

    /** How many members there are after a turn, and how many of them it brings up to date. */
    record Turn(int capacity, int changed) {

        /** Everything at once. */
        static final Turn LAST = new Turn(-1, -1);
    }

    /** How members are changed. */
    private record Policy(int inService, int atOnce, Duration pause) {}

    /**
     * @param type a resource group or a scaling group
     * @param properties of the group, worked out
     * @param seed what the names of a scaling group's members are made from
     */
    Group(
            String type,
            Value.Entries properties,
            Value updatePolicy,
            String seed,
            Standing standing) {
        this.type = type;
        this.properties = properties.values();
        this.updatePolicy = updatePolicy;
        this.seed = seed;
        this.standing = standing;
    }

    /** The properties with another size; as they are when nobody wants one. */
    static Value.Entries sized(String type, Value.Entries properties, int capacity) {
        var size =
                switch (type) {
                    case SCALING -> "desired_capacity";
                    case "AWS::AutoScaling::AutoScalingGroup" -> "DesiredCapacity";
                    case "OS::Heat::InstanceGroup" -> "Size";
                    default -> "";
                };
        if (capacity < 0 || size.isEmpty()) {
            return properties;
        }
        var sized = new LinkedHashMap<>(properties.values());
        sized.put(size, Value.of(capacity));
        return new Value.Entries(sized);
    }

    /** A size brought within the limits of a group with these properties. */
    static int within(Map<String, Value> properties, int size) {
        double least = Adjustment.number(properties, 0, "min_size", "MinSize");
        double most = Adjustment.number(properties, Integer.MAX_VALUE, "max_size", "MaxSize");
        return (int) Math.max(least, Math.min(size, most));
    }

    /** How long a group rests between two changes of its size, when no policy says otherwise. */
    static Duration cooldown(Map<String, Value> properties) {
        return Duration.ofSeconds((long) Adjustment.number(properties, 0, "cooldown", "Cooldown"));
    }

    private boolean scales() {
        return type.equals(SCALING);
    }

    /** How many members there are to be. */
    int target() {
        if (!scales()) {
            return number(properties.get("count"), 1);
        }
        int least = number(properties.get("min_size"), 0);
        int most = number(properties.get("max_size"), Integer.MAX_VALUE);
        int now = standing.members().isEmpty() ? least : standing.members().size();
        int wanted = number(properties.get("desired_capacity"), now);
        return Math.max(least, Math.min(wanted, most));
    }

    /** The names that are taken away, with those that were before unless they may come back. */
    Set<String> removed() {
        if (scales()) {
            return Set.of();
        }
        boolean anew = "update".equals(text(properties.get("removal_policies_mode")));
        var removed = new LinkedHashSet<>(anew ? Set.<String>of() : standing.removed());
        if (properties.get("removal_policies") instanceof Value.Items(var policies)) {
            for (var policy : policies) {
                if (policy instanceof Value.Entries(var entries)
                        && entries.get("resource_list") instanceof Value.Items(var named)) {
                    named.forEach(one -> remove(text(one), removed));
                }
            }
        }
        return removed;
    }

    private void remove(String named, Set<String> removed) {
        boolean known =
                standing.members().isEmpty()
                        || standing.members().containsKey(named)
                        || standing.removed().contains(named);
        if (known && !named.isEmpty()) {
            removed.add(named);
            return;
        }
        standing.references()
                .forEach((member, references) -> {
                    if (references.contains(named)) {
                        removed.add(member);
                    }
                });
    }

    /** The turns in which the group gets there, and the pause between two of them. */
    List<Turn> turns(Set<String> removed) {
        var policy = policy(removed);
        if (policy == null) {
            return List.of(Turn.LAST);
        }
        int target = target();
        int now = standing(removed).size();
        int updated = 0;
        var turns = new ArrayList<Turn>();
        while (now != target || updated < now) {
            int least = Math.min(policy.inService(), Math.min(target, now));
            int batch = Math.min(policy.atOnce(), Math.max(target - updated, 0));
            int next = batch + Math.max(Math.min(now, target - batch), least);
            turns.add(new Turn(next, batch));
            updated += batch - Math.max(next - Math.max(now, target), 0);
            now = next;
        }
        return turns.isEmpty() ? List.of(Turn.LAST) : turns;
    }

    /** How long nothing happens between two turns. */
    Duration pause(Set<String> removed) {
        var policy = policy(removed);
        return policy == null ? Duration.ZERO : policy.pause();
    }

    private @Nullable Policy policy(Set<String> removed) {
        if (standing.members().isEmpty()) {
            return scales() ? null : policy(part(updatePolicy, "batch_create"));
        }
        boolean changes =
                standing(removed).entrySet().stream()
                        .anyMatch(member -> !member.getValue().equals(definition(member.getKey())));
        if (!changes) {
            return null;
        }
        if (!scales()) {
            return policy(part(updatePolicy, "rolling_update"));
        }
        var given = properties.get("rolling_updates");
        return policy(given == null ? new Value.Entries(Map.of()) : given);
    }

    private static @Nullable Policy policy(@Nullable Value given) {
        if (!(given instanceof Value.Entries(var parts))) {
            return null;
        }
        var pause = parts.get("pause_time");
        return new Policy(
                number(parts.get("min_in_service"), 0),
                Math.max(1, number(parts.get("max_batch_size"), 1)),
                pause instanceof Value.Num(var seconds)
                        ? Duration.ofMillis((long) (seconds.doubleValue() * 1000))
                        : Duration.ZERO);
    }

    /** Those that are not to go because somebody named them. */
    private Map<String, Value.Entries> standing(Set<String> removed) {
        var staying = new LinkedHashMap<>(standing.members());
        staying.keySet().removeAll(removed);
        return staying;
    }

    /** The members after a turn, each with what it is then. */
    Map<String, Value.Entries> members(Turn turn, Set<String> removed) {
        boolean last = turn.equals(Turn.LAST);
        int capacity = last ? target() : turn.capacity();
        var names = scales() ? List.<String>of() : Members.names(capacity, removed);
        if (last && !scales()) {
            return Members.ofResourceGroup(new Value.Entries(properties), names);
        }
        var staying = new ArrayList<>(standing(removed).keySet());
        staying.sort(scales() ? failedFirst() : byPriority(names));
        var kept = staying.subList(Math.max(0, staying.size() - capacity), staying.size());
        int made = capacity - kept.size();
        int changed = last ? kept.size() : Math.max(0, turn.changed() - made);
        var members = new LinkedHashMap<String, Value.Entries>();
        for (int i = 0; i < kept.size(); i++) {
            var name = kept.get(i);
            members.put(name, i < changed ? definition(name) : member(name));
        }
        var free = names.stream().filter(name -> !standing.members().containsKey(name)).iterator();
        for (int i = 0; i < made; i++) {
            var name = scales() ? fresh(members.keySet()) : free.next();
            members.put(name, definition(name));
        }
        return scales() ? members : inOrder(members);
    }

    private Value.Entries member(String name) {
        var member = standing.members().get(name);
        return member == null ? definition(name) : member;
    }

    private Comparator<String> failedFirst() {
        return Comparator.<String, Boolean>comparing(name -> !standing.failed().contains(name))
                .thenComparing(this::isUpToDate);
    }

    private boolean isUpToDate(String name) {
        return definition(name).equals(member(name));
    }

    /**
     * Those without a place go first; then the highest are changed before the lower ones, and what
     * is what it is to be stays.
     */
    private Comparator<String> byPriority(List<String> names) {
        int target = target();
        return Comparator.comparingInt(name -> {
            int place = names.indexOf(name);
            if (place < 0) {
                return 0;
            }
            boolean turns = place < target && !isUpToDate(name);
            return turns ? target - place : names.size();
        });
    }

    private static Map<String, Value.Entries> inOrder(Map<String, Value.Entries> members) {
        var ordered = new LinkedHashMap<String, Value.Entries>();
        members.entrySet().stream()
                .sorted(Comparator.comparingInt(member -> Integer.parseInt(member.getKey())))
                .forEach(member -> ordered.put(member.getKey(), member.getValue()));
        return ordered;
    }

    private Value.Entries definition(String name) {
        var all = new Value.Entries(properties);
        var one =
                scales()
                        ? Members.ofAutoScalingGroup(all, List.of(name))
                        : Members.ofResourceGroup(all, List.of(name));
        return one.getOrDefault(name, new Value.Entries(Map.of()));
    }

    /** A name that no member has or had: the same one each time that it is asked for. */
    private String fresh(Set<String> taken) {
        for (int i = 0; ; i++) {
            var name = name(seed + ":" + i);
            if (!taken.contains(name) && !standing.members().containsKey(name)) {
                return name;
            }
        }
    }

    private static String name(String text) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            var name = new StringBuilder();
            for (int i = 0; i < LONGEST_NAME; i++) {
                int letters = i == 0 ? 26 : 36;
                name.append(
                        "abcdefghijklmnopqrstuvwxyz0123456789".charAt((hash[i] & 255) % letters));
            }
            return name.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Value part(Value map, String name) {
        return map instanceof Value.Entries(var entries) ? entries.get(name) : null;
    }

    private static int number(@Nullable Value value, int otherwise) {
        return switch (value) {
            case null -> otherwise;
            case Value.Num(var number) -> number.intValue();
            case Value.Text(var text) when text.strip().matches("\\d{1,6}") ->
                    Integer.parseInt(text.strip());
            case Value.Unknown(var source) -> throw new Unforeseen(source);
            case Value.Null _, Value.Bool _, Value.Text _, Value.Items _, Value.Entries _ ->
                    otherwise;
        };
    }

    private static String text(@Nullable Value value) {
        return switch (value) {
            case null -> "";
            case Value.Text(var text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Unknown(var source) -> throw new Unforeseen(source);
            case Value.Null _, Value.Bool _, Value.Items _, Value.Entries _ -> "";
        };
    }
}
