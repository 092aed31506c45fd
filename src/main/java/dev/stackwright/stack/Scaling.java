package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out what scaling policies say when they are signalled. Nobody is signed in then: the run
 * acts with the credential that the last launch of the stack left for this. A group that is not at
 * rest, still cools down or has that size already is left alone, as Heat does; an alarm asks again.
 */
final class Scaling {

    private final StackStore store;
    private final Insides insides;
    private final Launch launch;
    private final Duration timeout;
    private final Clock clock;

    Scaling(StackStore store, Insides insides, Launch launch, StackSettings settings, Clock clock) {
        this.store = store;
        this.insides = insides;
        this.launch = launch;
        this.timeout = settings.timeout();
        this.clock = clock;
    }

    /** In the caller's transaction. */
    SignalOutcome signalled(ResourceRow policy, String by) {
        var properties = Applied.read(policy.applied()).properties().values();
        var stack = store.find(policy.view().stack()).orElseThrow();
        var named = Adjustment.text(properties, "auto_scaling_group_id", "AutoScalingGroupName");
        var group = group(stack, named);
        if (group.isEmpty()) {
            return new SignalOutcome.Refused(
                    "%s has no group that could be scaled".formatted(policy.view().name()));
        }
        var said = scaled(policy, properties, group.get(), by);
        store.event(
                stack.id(),
                clock.instant(),
                policy,
                StackAction.SIGNAL,
                StackProgress.COMPLETE,
                said);
        return new SignalOutcome.Taken(said);
    }

    private Optional<ResourceRow> group(StackView stack, String named) {
        if (!named.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return Optional.empty();
        }
        return store.resource(UUID.fromString(named))
                .filter(row -> row.standing() == ResourceRow.Standing.CURRENT)
                .filter(row -> Handlers.SCALED.contains(row.view().type()))
                .filter(row ->
                        store.find(row.view().stack())
                                .filter(owner ->
                                        owner.deletedAt() == null
                                                && owner.cloud().equals(stack.cloud())
                                                && owner.project().equals(stack.project()))
                                .isPresent());
    }

    private String scaled(
            ResourceRow policy, Map<String, Value> rule, ResourceRow group, String by) {
        var owner = store.find(group.view().stack()).orElseThrow();
        var inside = store.find(group.view().id()).orElse(null);
        var name = group.view().name();
        if (inside == null
                || owner.isMoving()
                || owner.isSuspended()
                || inside.isMoving()
                || group.view().progress() != StackProgress.COMPLETE) {
            return "Nothing done%s: %s is not at rest".formatted(by, name);
        }
        var properties = Applied.read(group.applied()).properties().values();
        var now = clock.instant();
        var rests = Group.cooldown(properties);
        var ends =
                (inside.updatedAt() == null ? inside.createdAt() : inside.updatedAt())
                        .plus(store.cooldown(group.view().id()).orElse(rests));
        if (now.isBefore(ends)) {
            return "Nothing done%s: %s cools down for %d s more"
                    .formatted(by, name, Math.max(1, Duration.between(now, ends).toSeconds()));
        }
        int size = insides.standing(inside, group).members().size();
        int wanted = Group.within(properties, Adjustment.of(rule).of(size));
        if (wanted == size) {
            return "Nothing done%s: %s has %d members, as it may".formatted(by, name, size);
        }
        var root = owner.root() == null ? owner.id() : owner.root();
        var credential = store.standingCredentials(root).stream().findFirst();
        if (credential.isEmpty()) {
            return ("Nothing done%s: nobody left a credential to act with. Update the stack, and it"
                            + " is left again")
                    .formatted(by);
        }
        var said =
                "%s is scaled from %d to %d members by %s%s"
                        .formatted(name, size, wanted, policy.view().name(), by);
        store.setCooldown(
                group.view().id(),
                Duration.ofMillis(
                        (long)
                                (1000
                                        * Adjustment.number(
                                                rule,
                                                rests.toMillis() / 1000.0,
                                                "cooldown",
                                                "Cooldown"))));
        launch.scale(owner, group, wanted, credential.get(), timeout, said);
        return said;
    }
}
