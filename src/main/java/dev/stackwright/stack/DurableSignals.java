package dev.stackwright.stack;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.SignalBody;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.util.UUID;

/** Signals as rows: whoever waits for them looks there. */
final class DurableSignals implements Signals {

    /** How many different signals one handle keeps. */
    private static final int MOST = 1000;

    private final StackStore store;
    private final SignalStore signals;
    private final Signalling signalling;
    private final Scaling scaling;
    private final Clock clock;

    DurableSignals(
            StackStore store,
            SignalStore signals,
            Signalling signalling,
            Scaling scaling,
            Clock clock) {
        this.store = store;
        this.signals = signals;
        this.signalling = signalling;
        this.scaling = scaling;
        this.clock = clock;
    }

    @Override
    public SignalOutcome called(UUID resource, long until, String signature, String body) {
        if (!signalling.isGenuine(resource, until, signature)) {
            return new SignalOutcome.NotFound();
        }
        var row =
                store.resource(resource).filter(one -> one.standing() != ResourceRow.Standing.GONE);
        if (row.isEmpty()) {
            return new SignalOutcome.NotFound();
        }
        return signalling.isExpired(until)
                ? new SignalOutcome.Expired()
                : taken(row.get(), body, "");
    }

    @Override
    public boolean takes(String type) {
        return Handlers.SIGNALLED.contains(type);
    }

    @Override
    public SignalOutcome told(
            Viewer viewer, String userName, UUID stack, String resource, String body) {
        if (!viewer.mayChange() || store.find(viewer, stack).isEmpty()) {
            return new SignalOutcome.NotFound();
        }
        return store.current(stack, resource)
                .map(row -> taken(row, body, " by " + userName))
                .orElseGet(SignalOutcome.NotFound::new);
    }

    private SignalOutcome taken(ResourceRow row, String body, String by) {
        if (Handlers.POLICIES.contains(row.view().type())) {
            return store.within(() -> scaling.signalled(row, by));
        }
        if (!Handlers.HANDLES.contains(row.view().type())) {
            return new SignalOutcome.Refused("%s takes no signals".formatted(row.view().name()));
        }
        return store.within(() -> kept(row, body, by));
    }

    private SignalOutcome kept(ResourceRow row, String body, String by) {
        var id = row.view().id();
        signals.lock(id);
        var known = signals.of(id);
        if (known.size() >= MOST) {
            return new SignalOutcome.Refused("This handle has %d signals already".formatted(MOST));
        }
        try {
            var signal = SignalBody.read(row.view().type(), body, known.size() + 1);
            var now = clock.instant();
            signals.put(id, signal, now);
            var said =
                    "%s%s: %s"
                            .formatted(signal.well() ? "Success" : "Failure", by, signal.reason());
            store.event(
                    row.view().stack(),
                    now,
                    row,
                    StackAction.SIGNAL,
                    signal.well() ? StackProgress.COMPLETE : StackProgress.FAILED,
                    said);
            return new SignalOutcome.Taken(said);
        } catch (SignalBody.NotUnderstood e) {
            return new SignalOutcome.Refused(e.sentence());
        }
    }
}
