package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Properties;
import dev.stackwright.stack.store.Source;
import dev.stackwright.template.CheckOptions;
import dev.stackwright.template.Checked;
import dev.stackwright.template.Constraints;
import dev.stackwright.template.Facade;
import dev.stackwright.template.NestedTemplate;
import dev.stackwright.template.StackIdentity;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a stack behind a resource is to be made from.
 *
 * @param parameters what the resource gives it
 * @param generated whether nobody wrote its template, so that it holds values
 */
record Behind(NestedTemplate template, Value.Entries parameters, Facade facade, boolean generated) {

    private static final int LONGEST = 64 * 1024 * 1024;

    /** Everything that is known is checked; what only the run can tell is left open. */
    Checked check(StackIdentity stack, Constraints constraints, boolean open) {
        var roomy =
                new NestedTemplate(
                        template.name(),
                        template.template(),
                        template.environment(),
                        template.files(),
                        template.catalog(),
                        template.limits().withBytes(LONGEST));
        return roomy.check(
                parameters,
                facade,
                stack,
                constraints,
                open ? CheckOptions.DRAFT : CheckOptions.LAUNCH);
    }

    String text() {
        return template.template().text();
    }

    Source source() {
        return new Source(
                text(),
                template.environment(parameters).text(),
                template.files(),
                Map.of(),
                Map.of(),
                new Source.Inside(written(facade), generated));
    }

    private static String written(Facade facade) {
        var parts = new LinkedHashMap<String, Value>();
        parts.put("metadata", facade.metadata());
        parts.put("deletion_policy", facade.deletionPolicy());
        parts.put("update_policy", facade.updatePolicy());
        return Properties.json(new Value.Entries(parts)).toString();
    }

    /** The facade that a source was written with. */
    static Facade facade(Source source) {
        var inside = source.inside();
        if (inside == null || !(Properties.read(inside.facade()) instanceof Value.Entries parts)) {
            return Facade.UNKNOWN;
        }
        var all = parts.values();
        return new Facade(
                all.getOrDefault("metadata", Value.NULL),
                all.getOrDefault("deletion_policy", Value.NULL),
                all.getOrDefault("update_policy", Value.NULL));
    }
}
