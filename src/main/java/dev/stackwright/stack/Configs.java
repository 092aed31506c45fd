package dev.stackwright.stack;

import dev.stackwright.kernel.Value;
import dev.stackwright.stack.resource.Handlers;
import dev.stackwright.stack.resource.Properties;
import dev.stackwright.stack.store.StackStore;
import java.util.regex.Pattern;

/** The texts of software configs: templates name them by their ids. */
final class Configs {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final StackStore store;

    Configs(StackStore store) {
        this.store = store;
    }

    /** What the config of this id says; a text that is no such id is its own. */
    String text(StackView stack, String textOrId) {
        if (!ID.matcher(textOrId).matches()) {
            return textOrId;
        }
        return store.appliedTo(stack, textOrId, Handlers.CONFIGS)
                .map(Applied::read)
                .map(applied -> applied.attributes().get("config"))
                .map(config ->
                        config instanceof Value.Text(var text)
                                ? text
                                : Properties.json(config).toString())
                .orElse(textOrId);
    }
}
