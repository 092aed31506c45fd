package dev.stackwright.operations.doctor;

import java.util.Optional;

/** Knows one reason why an instance fails or does not come on. */
interface InstanceRule {

    /**
     * @param machinery what was found wrong with the cloud itself
     */
    Optional<Verdict> examine(Instance instance, Facts facts, Machinery machinery);
}
