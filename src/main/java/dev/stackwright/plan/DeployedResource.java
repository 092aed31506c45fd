package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import dev.stackwright.template.DeletionPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource as a stack has it now.
 *
 * @param properties as last applied, resolved
 * @param metadata as last applied; {@link Value#NULL} when there is none
 * @param reference what {@code get_resource} answers: usually the physical id
 * @param attributes what it told about itself, by name
 * @param dependencies the resources that it was made after
 * @param adopted whether it only watches over something that was made elsewhere
 */
public record DeployedResource(
        String name,
        String type,
        Value.Entries properties,
        Value metadata,
        @Nullable String physicalId,
        Value reference,
        Map<String, Value> attributes,
        DeletionPolicy deletionPolicy,
        Set<String> dependencies,
        Standing standing,
        boolean adopted) {

    public DeployedResource {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        dependencies = Set.copyOf(dependencies);
    }

    /** Never the values: some of them are secrets. */
    @Override
    public String toString() {
        return "DeployedResource[name=%s, type=%s, standing=%s]".formatted(name, type, standing);
    }

    /** How it stands. */
    public enum Standing {
        /** Made as it was wanted. */
        SOUND,
        /** Its last action failed, but the live object is in order: it is continued in place. */
        FAILED_BUT_SOUND,
        /** Its last action failed. */
        FAILED,
        /** A check found it broken. */
        CHECK_FAILED,
        /** There is no object: it was never made, or is deleted. */
        MISSING
    }
}
