package dev.stackwright.operations.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Nova says "No valid host was found" and no more. Which of the many reasons it was is found by
 * going through what the instance asked for, the narrowest first; none is named that the facts do
 * not show.
 */
final class NoHostWasFound implements InstanceRule {

    private static final String AGGREGATE = "aggregate_instance_extra_specs:";

    @Override
    public Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery) {
        if (!instance.isFailed()
                || instance.host() != null
                || !instance.faultSays("no valid host")) {
            return Optional.empty();
        }
        return tooBig(instance, facts)
                .or(() -> wrongAggregate(instance, facts))
                .or(() -> antiAffinity(instance, facts))
                .or(() -> during(instance, machinery))
                .or(() -> allDisabled(instance, facts))
                .or(() -> full(instance, facts));
    }

    private static Optional<Verdict> tooBig(Instance instance, Facts facts) {
        var flavor = instance.flavor();
        if (facts.hosts().isEmpty()
                || facts.hosts().stream().anyMatch(host -> host.isLargeEnoughFor(flavor))) {
            return Optional.empty();
        }
        var largest =
                facts.hosts().stream()
                        .reduce(
                                new Host("", 0, 0, 0),
                                (a, b) ->
                                        new Host(
                                                "",
                                                Math.max(a.vcpus(), b.vcpus()),
                                                Math.max(a.memoryMb(), b.memoryMb()),
                                                Math.max(a.diskGb(), b.diskGb())));
        return Optional.of(
                verdict(
                        instance,
                        facts,
                        Code.NO_HOST_TOO_BIG,
                        List.of(
                                Evidence.proves(
                                        "largest-host",
                                        Evidence.Source.INVENTORY,
                                        facts.now(),
                                        largest.vcpus(),
                                        largest.memoryMb() / 1024,
                                        largest.diskGb()),
                                Evidence.proves(
                                        "flavor",
                                        Evidence.Source.INVENTORY,
                                        facts.now(),
                                        flavor.name(),
                                        flavor.vcpus(),
                                        flavor.memoryMb() / 1024,
                                        flavor.diskGb())),
                        List.of(Cure.CHOOSE_SMALLER, Cure.ADD_ROOM),
                        flavor.name()));
    }

    /** The flavor, or the zone, allows hosts of which none takes instances. */
    private static Optional<Verdict> wrongAggregate(Instance instance, Facts facts) {
        for (var want : instance.flavor().wants().entrySet()) {
            if (!want.getKey().startsWith(AGGREGATE)) {
                continue;
            }
            var key = want.getKey().substring(AGGREGATE.length());
            var allowed = new TreeSet<String>();
            facts.aggregates().stream()
                    .filter(each -> want.getValue().equals(each.metadata().get(key)))
                    .forEach(each -> allowed.addAll(each.hosts()));
            if (allowed.stream().noneMatch(facts::takesInstances)) {
                return Optional.of(aggregate(instance, facts, key + " = " + want.getValue()));
            }
        }
        var zone = instance.zone();
        if (zone != null && !zone.isEmpty()) {
            var hosts = new TreeSet<String>();
            facts.aggregates().stream()
                    .filter(each -> zone.equals(each.metadata().get("availability_zone")))
                    .forEach(each -> hosts.addAll(each.hosts()));
            if (!hosts.isEmpty() && hosts.stream().noneMatch(facts::takesInstances)) {
                return Optional.of(aggregate(instance, facts, zone));
            }
        }
        return Optional.empty();
    }

    private static Verdict aggregate(Instance instance, Facts facts, String wanted) {
        return verdict(
                instance,
                facts,
                Code.NO_HOST_AGGREGATE,
                List.of(
                        Evidence.proves(
                                "aggregate", Evidence.Source.INVENTORY, facts.now(), wanted)),
                List.of(Cure.CHOOSE_SMALLER, Cure.FIX_AGGREGATE),
                wanted);
    }

    private static Optional<Verdict> antiAffinity(Instance instance, Facts facts) {
        for (var group : facts.groups()) {
            if (!group.policy().equals("anti-affinity")
                    || !group.members().contains(instance.id())) {
                continue;
            }
            var taken = Set.copyOf(without(group.hosts(), instance.id()).values());
            var usable = usable(facts);
            if (!usable.isEmpty() && taken.containsAll(usable)) {
                return Optional.of(
                        verdict(
                                instance,
                                facts,
                                Code.NO_HOST_ANTI_AFFINITY,
                                List.of(
                                        Evidence.proves(
                                                "group",
                                                Evidence.Source.INVENTORY,
                                                facts.now(),
                                                group.name(),
                                                taken.size(),
                                                usable.size())),
                                List.of(Cure.FREE_GROUP, Cure.ADD_ROOM),
                                group.name(),
                                usable.size()));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> without(Map<String, String> hosts, String id) {
        var others = new java.util.HashMap<>(hosts);
        others.remove(id);
        return others;
    }

    private static Set<String> usable(Facts facts) {
        var usable = new TreeSet<String>();
        facts.of("nova-compute").map(Beat::host).filter(facts::takesInstances).forEach(usable::add);
        return usable;
    }

    /** While placement is away the scheduler finds nothing, and says no more than that. */
    private static Optional<Verdict> during(Instance instance, Machinery machinery) {
        return machinery
                .find(Code.PLACEMENT_DOWN)
                .filter(cause -> !instance.since().isBefore(cause.since().minusSeconds(60)))
                .map(cause ->
                        cause.hitting(
                                Subject.of(instance),
                                instance.symptom(),
                                cause.evidence(),
                                Cure.BUILD_AGAIN,
                                Cure.START_API));
    }

    private static Optional<Verdict> allDisabled(Instance instance, Facts facts) {
        var computes = facts.of("nova-compute").toList();
        if (computes.isEmpty()) {
            return Optional.empty();
        }
        var room = instance.room();
        var candidates =
                computes.stream()
                        .filter(beat -> room == null || room.hosts().contains(beat.host()))
                        .toList();
        if (candidates.isEmpty()
                || candidates.stream().anyMatch(beat -> facts.takesInstances(beat.host()))) {
            return Optional.empty();
        }
        var evidence = new ArrayList<Evidence>();
        candidates.stream()
                .limit(5)
                .forEach(beat ->
                        evidence.add(
                                Evidence.proves(
                                        beat.enabled() ? "host-silent" : "host-disabled",
                                        Evidence.Source.COMPUTE_SERVICES,
                                        beat.read(),
                                        Term.machine(beat.host()),
                                        beat.reason() == null ? "" : beat.reason())));
        return Optional.of(
                verdict(
                        instance,
                        facts,
                        Code.NO_HOST_DISABLED,
                        evidence,
                        List.of(Cure.BUILD_AGAIN, Cure.ENABLE_HOST),
                        candidates.size()));
    }

    private static Optional<Verdict> full(Instance instance, Facts facts) {
        var room = instance.room();
        if (room == null || !room.hosts().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                verdict(
                        instance,
                        facts,
                        Code.NO_HOST_FULL,
                        List.of(
                                Evidence.proves(
                                        "placement-none",
                                        Evidence.Source.PLACEMENT,
                                        room.asked(),
                                        instance.flavor().name())),
                        List.of(Cure.CHOOSE_SMALLER, Cure.ADD_ROOM),
                        instance.flavor().name()));
    }

    private static Verdict verdict(
            Instance instance,
            Facts facts,
            Code code,
            List<Evidence> found,
            List<Cure> cures,
            Object... terms) {
        var evidence = new ArrayList<>(found);
        evidence.add(QuotaIsExhausted.fault(instance, facts));
        return Verdict.certain(code, Subject.of(instance), instance.since(), terms)
                .shownBy(instance.symptom())
                .because(evidence)
                .curedBy(cures.toArray(Cure[]::new));
    }
}
