package dev.stackwright.stack;

import dev.stackwright.cloud.Token;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.plan.PlanJson;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.store.PlanRow;
import dev.stackwright.stack.store.StackStore;
import dev.stackwright.stack.store.StackStore.Rollback;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Takes a stack back to the version before, once the update that was cancelled has come to its end.
 * The wish is written down together with a credential for the second run, so that whichever replica
 * sees the end of the first carries it on: with a plan of its own, which the pages show as any
 * other.
 */
final class WayBack {

    private final StackStore store;
    private final Blueprints blueprints;
    private final Foresight foresight;
    private final Launch launch;
    private final RunCredentials credentials;
    private final Duration timeout;
    private final Clock clock;

    WayBack(
            StackStore store,
            Blueprints blueprints,
            Foresight foresight,
            Launch launch,
            RunCredentials credentials,
            StackSettings settings,
            Clock clock) {
        this.store = store;
        this.blueprints = blueprints;
        this.foresight = foresight;
        this.launch = launch;
        this.credentials = credentials;
        this.timeout = settings.timeout();
        this.clock = clock;
    }

    /** The version that the update which runs came from; nothing when something else runs. */
    Optional<Integer> version(StackView stack) {
        boolean updates =
                stack.isMoving()
                        && !stack.isInside()
                        && stack.action() == StackAction.UPDATE
                        && stack.version() > 1
                        && store.cameWithRun(stack);
        return updates ? Optional.of(stack.version() - 1) : Optional.empty();
    }

    /** Writes the wish down, and has the run stopped. */
    void wish(Viewer viewer, Token token, StackView stack, int version) {
        var plan = UUID.randomUUID();
        var credential =
                credentials.make(
                        viewer,
                        token,
                        plan,
                        "Lets Stackwright take stack %s back to version %d"
                                .formatted(stack.name(), version));
        var wished =
                store.within(() -> {
                    credentials.keep(plan, credential);
                    return store.wishRollback(
                            stack.id(), stack.execution(), version, plan, token.userName());
                });
        if (!wished) {
            credentials.withdraw(viewer, token, plan, credential);
        }
        launch.cancel(stack);
        boolean over = store.find(stack.id()).filter(StackView::isMoving).isEmpty();
        if (over) {
            // Nobody was carrying it out any more, so nobody tells of its end.
            store.within(() -> {
                ended(stack.id(), clock.instant());
                return true;
            });
        }
    }

    /** The run has ended; in the transaction that records it. */
    void ended(UUID id, Instant now) {
        store.takeRollback(id)
                .ifPresent(wish -> {
                    try {
                        begin(store.find(id).orElseThrow(), wish, now);
                    } catch (Impossible | IllegalStateException e) {
                        refused(id, wish, String.valueOf(e.getMessage()), now);
                    }
                });
    }

    private void begin(StackView stack, Rollback wish, Instant now) {
        var viewer =
                new Viewer(stack.cloud(), stack.project(), new UserId(wish.by()), Set.of(), false);
        var source =
                store.source(stack.id(), wish.version()).orElseThrow(IllegalStateException::new);
        var draft =
                foresight
                        .outlook(
                                stack,
                                stack.name(),
                                stack.project().value(),
                                blueprints.launched(stack, wish.version()),
                                Foresight.Eyes.AT_WORK)
                        .plan();
        if (!draft.canRun()) {
            throw new Impossible(draft.refusals().errors().getFirst().detail());
        }
        store.insertPlan(
                viewer,
                new PlanRow(
                        wish.plan(),
                        store.nextPlanNumber(viewer),
                        stack.id(),
                        stack.name(),
                        StackAction.UPDATE,
                        stack.version(),
                        stack.revision(),
                        PlanJson.write(draft),
                        source,
                        timeout,
                        wish.by(),
                        now,
                        null,
                        null,
                        null));
        launch.again(viewer, wish.by(), store.plan(viewer, wish.plan()).orElseThrow());
    }

    /** The credential goes with the next launch, or with the stack. */
    private void refused(UUID id, Rollback wish, String why, Instant now) {
        store.standsFor(wish.plan(), id);
        store.event(
                id,
                now,
                null,
                StackAction.UPDATE,
                StackProgress.FAILED,
                "It cannot go back to version %d by itself: %s".formatted(wish.version(), why));
    }
}
