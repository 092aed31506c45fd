package dev.stackwright.stack;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.Lookup;
import dev.stackwright.template.Resolver;
import dev.stackwright.template.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a template cannot be made here, whatever its values are. */
final class Makeable {

    /** Transports that need a service or an account of their own. */
    private static final Set<String> ELSEWHERE =
            Set.of("TEMP_URL_SIGNAL", "ZAQAR_SIGNAL", "HEAT_SIGNAL");

    private final Handlers handlers;
    private final CloudOffers offers;
    private final Signalling signalling;

    Makeable(Handlers handlers, CloudOffers offers, Signalling signalling) {
        this.handlers = handlers;
        this.offers = offers;
        this.signalling = signalling;
    }

    /** Of its own resources; what is behind those is asked when the plan for that is made. */
    Diagnostics refuse(CloudName cloud, CheckedTemplate checked) {
        var cannot = new ArrayList<Diagnostic>();
        for (var resource : checked.resources().values()) {
            var type = checked.typeOf(resource.name());
            if (Insides.isInside(checked, resource.name())) {
                continue;
            }
            var lacking =
                    checked.resourceTypeOf(resource.name())
                            .flatMap(one -> offers.lacking(cloud, one));
            if (lacking.isPresent()) {
                cannot.add(
                        refusal(
                                "SW7002",
                                "Service that this cloud lacks",
                                "%s, so `%s` cannot be made. Leave `%s` out."
                                        .formatted(lacking.get(), type, resource.name()),
                                resource));
            } else if (handlers.find(type).isEmpty()) {
                cannot.add(
                        refusal(
                                "SW7001",
                                "Type that cannot be made yet",
                                "This release of Stackwright cannot make `%s`. Leave the resource `%s` out, or make it another way and refer to it by its id."
                                        .formatted(type, resource.name()),
                                resource));
            } else if (Handlers.SIGNALLED.contains(type)) {
                signalled(checked, type, resource).ifPresent(cannot::add);
            }
        }
        return new Diagnostics(cannot);
    }

    private Optional<Diagnostic> signalled(
            CheckedTemplate checked, String type, ResourceDefinition resource) {
        var transport =
                Resolver.of(checked, Lookup.NOTHING_YET)
                                        .properties(resource.name())
                                        .values()
                                        .get("signal_transport")
                                instanceof Value.Text(var text)
                        ? text
                        : "";
        if (ELSEWHERE.contains(transport)) {
            return Optional.of(
                    refusal(
                            "SW7005",
                            "Signal that comes another way",
                            "`%s` cannot be signalled by %s here. Leave signal_transport out: its address takes signals from whoever was given it."
                                    .formatted(resource.name(), transport),
                            resource));
        }
        if (signalling.isReachable() || transport.equals("NO_SIGNAL")) {
            return Optional.empty();
        }
        return Optional.of(
                refusal(
                        "SW7004",
                        "Address that nobody could reach",
                        "`%s` (`%s`) is signalled from outside, and nobody said under which address this Stackwright is reached there. Its administrator sets stackwright.stack.public-url."
                                .formatted(resource.name(), type),
                        resource));
    }

    private static Diagnostic refusal(
            String code, String title, String detail, ResourceDefinition resource) {
        return new Diagnostic(
                code,
                Severity.ERROR,
                title,
                detail,
                resource.typeRange(),
                "resources." + resource.name() + ".type",
                List.of());
    }
}
