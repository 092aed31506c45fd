package dev.stackwright.stack;

import dev.stackwright.access.Vault;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.execution.ExecutionListener;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;

/** Everything in this room, put together; the same for the application and for tests. */
final class StackRoom {

    private final StackStore store;
    private final RunCredentials credentials;
    private final Blueprints blueprints;
    private final Handlers handlers;
    private final Vault vault;
    private final CloudOffers offers;

    StackRoom(StackStore store, Clouds clouds, Vault vault, Clock clock) {
        this(store, clouds, vault, clock, TemplateSettings.DEFAULT);
    }

    StackRoom(
            StackStore store, Clouds clouds, Vault vault, Clock clock, TemplateSettings templates) {
        this.store = store;
        this.credentials = new RunCredentials(store, clouds, clock);
        this.blueprints = new Blueprints(store, templates.catalog(), templates.limits());
        this.handlers = Handlers.all();
        this.vault = vault;
        this.offers = new CloudOffers(clouds);
    }

    /** What seals secrets of this room is bound to it. */
    static String seal(Vault vault, String secret) {
        return vault.seal(secret, "stack");
    }

    static String open(Vault vault, String sealed) {
        return vault.open(sealed, "stack");
    }

    List<StepHandler> steps() {
        return List.of(
                new ResourceSteps(
                        store,
                        blueprints,
                        handlers,
                        credentials,
                        secret -> seal(vault, secret),
                        sealed -> open(vault, sealed)),
                new ResourceSteps.Settle(),
                new ResourceSteps.EndCredential(credentials));
    }

    ExecutionListener scribe(ApplicationEventPublisher publisher) {
        return new StackScribe(store, publisher);
    }

    Stacks stacks(Executions executions, Inventory inventory, StackSettings settings, Clock clock) {
        return new DurableStacks(
                store,
                blueprints,
                handlers,
                new Launch(store, blueprints, executions, credentials, clock),
                new Drafting(store, blueprints, inventory),
                inventory,
                offers,
                settings,
                clock);
    }
}
