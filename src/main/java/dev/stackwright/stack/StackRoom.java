package dev.stackwright.stack;

import dev.stackwright.access.Vault;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.execution.ExecutionListener;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;

/** Everything in this room, put together; the same for the application and for tests. */
final class StackRoom {

    private final StackStore store;
    private final SignalStore signals;
    private final HookStore hooks;
    private final StackSettings settings;
    private final Signalling signalling;
    private final RunCredentials credentials;
    private final Blueprints blueprints;
    private final Handlers handlers;
    private final Vault vault;
    private final Clouds clouds;
    private final CloudOffers offers;
    private final Clock clock;
    private final Truths truths;
    private final Foresight foresight;

    StackRoom(
            StackStore store,
            SignalStore signals,
            HookStore hooks,
            Clouds clouds,
            Vault vault,
            Clock clock,
            TemplateSettings templates,
            StackSettings settings) {
        this.store = store;
        this.signals = signals;
        this.hooks = hooks;
        this.settings = settings;
        this.signalling = new Signalling(store, signals, vault, settings, clock);
        this.credentials = new RunCredentials(store, clouds, clock);
        this.blueprints = new Blueprints(store, templates.catalog(), templates.limits());
        this.handlers = Handlers.all();
        this.vault = vault;
        this.clouds = clouds;
        this.offers = new CloudOffers(clouds);
        this.clock = clock;
        this.truths = new Truths(store, blueprints, handlers);
        this.foresight = new Foresight(store, blueprints, truths, insides());
    }

    /** What seals secrets of this room is bound to it. */
    static String seal(Vault vault, String secret) {
        return vault.seal(secret, "stack");
    }

    static String open(Vault vault, String sealed) {
        return vault.open(sealed, "stack");
    }

    private Insides insides() {
        return new Insides(store, blueprints.limits());
    }

    private Launch launch(Executions executions) {
        return new Launch(store, blueprints, executions, credentials, clock);
    }

    private NestedSteps nested(Executions executions) {
        return new NestedSteps(
                store,
                blueprints,
                truths,
                insides(),
                foresight,
                launch(executions),
                new LifePlans(blueprints.catalog(), handlers),
                executions,
                secret -> seal(vault, secret),
                clock);
    }

    List<StepHandler> steps(Executions executions) {
        return List.of(
                new ResourceSteps(
                        store,
                        blueprints,
                        handlers,
                        truths,
                        nested(executions),
                        credentials,
                        signalling,
                        new Hooks(store, hooks, blueprints, clock),
                        secret -> seal(vault, secret),
                        sealed -> open(vault, sealed)),
                new ResourceSteps.Settle(),
                new ResourceSteps.EndCredential(credentials, store, executions));
    }

    private WayBack wayBack(Executions executions) {
        return new WayBack(
                store, blueprints, foresight, launch(executions), credentials, settings, clock);
    }

    ExecutionListener scribe(Executions executions, ApplicationEventPublisher publisher) {
        return new StackScribe(store, wayBack(executions), publisher);
    }

    Signals signals(Executions executions) {
        var scaling = new Scaling(store, insides(), launch(executions), settings, clock);
        return new DurableSignals(store, signals, hooks, signalling, scaling, clock);
    }

    Stacks stacks(Executions executions, Inventory inventory) {
        return new DurableStacks(
                store,
                blueprints,
                handlers,
                truths,
                launch(executions),
                wayBack(executions),
                hooks,
                new Drafting(
                        foresight,
                        new Makeable(handlers, offers, signalling),
                        inventory,
                        clock,
                        new Drift(blueprints.catalog(), clouds, inventory)),
                inventory,
                settings,
                clock);
    }
}
