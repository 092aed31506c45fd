package dev.stackwright.stack;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.SignalBody;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Signals as rows: whoever waits for them looks there. */
final class DurableSignals implements Signals {

    /** How many different signals one handle keeps. */
    private static final int MOST = 1000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StackStore store;
    private final SignalStore signals;
    private final HookStore hooks;
    private final Signalling signalling;
    private final Scaling scaling;
    private final Clock clock;

    DurableSignals(
            StackStore store,
            SignalStore signals,
            HookStore hooks,
            Signalling signalling,
            Scaling scaling,
            Clock clock) {
        this.store = store;
        this.signals = signals;
        this.hooks = hooks;
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
        var hook = unset(body);
        return store.current(stack, resource)
                .map(row ->
                        hook.isEmpty()
                                ? taken(row, body, " by " + userName)
                                : goesOn(row, hook, userName))
                .orElseGet(SignalOutcome.NotFound::new);
    }

    /**
     * The hook that a signal takes away, as Heat's clients say it; empty when it says no such
     * thing.
     */
    private static String unset(String body) {
        try {
            return JSON.readTree(body).path("unset_hook").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private SignalOutcome goesOn(ResourceRow row, String hook, String userName) {
        var now = clock.instant();
        return store.within(() -> {
            if (!hooks.clear(row.view().id(), hook, userName, now)) {
                return new SignalOutcome.Refused(
                        "%s does not wait at the hook %s".formatted(row.view().name(), hook));
            }
            store.event(
                    row.view().stack(),
                    now,
                    row,
                    row.view().action(),
                    StackProgress.IN_PROGRESS,
                    "%s lets it go on (hook %s)".formatted(userName, hook));
            return new SignalOutcome.Taken("It goes on");
        });
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
