package dev.stackwright.stack;

import dev.stackwright.access.Vault;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.Impossible;
import dev.stackwright.stack.resource.Signal;
import dev.stackwright.stack.resource.Surroundings;
import dev.stackwright.stack.store.ResourceRow;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The addresses at which resources are signalled, and what came in there. An address names the
 * resource's row and until when it is good, and is signed: nobody who was not given one makes one.
 */
final class Signalling {

    private static final String CONTEXT = "signal";
    private static final String PATH = "/signals/";
    private static final String UUID_FORM =
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern NAMED =
            Pattern.compile("(?:\\S*" + PATH + ")?(" + UUID_FORM + ")(?:/\\S*)?");

    private final StackStore store;
    private final SignalStore signals;
    private final Vault vault;
    private final StackSettings settings;
    private final Clock clock;

    Signalling(
            StackStore store,
            SignalStore signals,
            Vault vault,
            StackSettings settings,
            Clock clock) {
        this.store = store;
        this.signals = signals;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether anybody said where servers reach this Stackwright. */
    boolean isReachable() {
        return settings.publicUrl() != null;
    }

    private String address(UUID resource) {
        if (settings.publicUrl() == null) {
            throw new Impossible(
                    "Nobody said under which address servers reach this Stackwright: its"
                            + " administrator sets stackwright.stack.public-url");
        }
        long until = clock.instant().plus(settings.signalValidity()).getEpochSecond();
        return settings.publicUrl()
                + PATH
                + resource
                + "/"
                + until
                + "/"
                + vault.sign(resource + "/" + until, CONTEXT);
    }

    /** Whether the parts of an address belong together; what they lead to may be gone. */
    boolean isGenuine(UUID resource, long until, String signature) {
        return vault.isSigned(resource + "/" + until, signature, CONTEXT);
    }

    boolean isExpired(long until) {
        return clock.instant().getEpochSecond() > until;
    }

    /** The handle of this id or address, if it belongs to the same project. */
    private Optional<ResourceRow> handle(StackView stack, String idOrAddress) {
        var named = NAMED.matcher(idOrAddress.strip());
        if (!named.matches()) {
            return Optional.empty();
        }
        return store.resource(UUID.fromString(named.group(1)))
                .filter(row -> Handlers.HANDLES.contains(row.view().type()))
                .filter(row ->
                        store.find(row.view().stack())
                                .filter(owner ->
                                        owner.cloud().equals(stack.cloud())
                                                && owner.project().equals(stack.project()))
                                .isPresent());
    }

    /** What a resource of the stack sees around it. */
    Surroundings around(StackView stack, ResourceRow row, Configs configs) {
        return new Surroundings() {
            @Override
            public String config(String textOrId) {
                return configs.text(stack, textOrId);
            }

            @Override
            public String signalAddress() {
                return address(row.view().id());
            }

            @Override
            public Optional<List<Signal>> signalsTo(String idOrAddress) {
                return handle(stack, idOrAddress).map(one -> signals.of(one.view().id()));
            }

            @Override
            public void forgetSignalsTo(String idOrAddress) {
                handle(stack, idOrAddress).ifPresent(one -> signals.forget(one.view().id()));
            }

            @Override
            public Instant now() {
                return clock.instant();
            }
        };
    }
}
