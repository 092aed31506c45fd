package dev.stackwright.stack;

import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.template.CheckedTemplate;
import dev.stackwright.template.ResourceDefinition;
import java.util.ArrayList;
import java.util.List;

/** What of a template cannot be made here, whatever its values are. */
final class Makeable {

    private final Handlers handlers;
    private final CloudOffers offers;

    Makeable(Handlers handlers, CloudOffers offers) {
        this.handlers = handlers;
        this.offers = offers;
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
            }
        }
        return new Diagnostics(cannot);
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
