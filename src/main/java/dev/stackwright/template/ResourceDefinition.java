package dev.stackwright.template;

import dev.stackwright.kernel.TextRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource as a template defines it.
 *
 * @param range where the logical name stands
 * @param type as written; what it means after the environment's registry says {@link
 *     CheckedTemplate#typeOf}
 * @param properties usually a map; may be a function that makes one
 * @param dependsOn the names after depends_on
 */
public record ResourceDefinition(
        String name,
        TextRange range,
        String type,
        TextRange typeRange,
        Expression properties,
        Expression metadata,
        List<Reference> dependsOn,
        @Nullable Expression deletionPolicy,
        @Nullable Expression updatePolicy,
        @Nullable String description,
        @Nullable Expression externalId,
        @Nullable Expression condition) {

    public ResourceDefinition {
        dependsOn = List.copyOf(dependsOn);
    }

    /** A name in the text that points to a resource. */
    public record Reference(String name, TextRange range) {}
}
