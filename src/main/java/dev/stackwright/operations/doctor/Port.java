package dev.stackwright.operations.doctor;

import java.time.Instant;

/** A port of an instance, as Neutron has it. */
public record Port(
        String id, String status, String binding, String host, boolean wanted, Instant since) {

    boolean isBindingFailed() {
        return binding.equals("binding_failed");
    }
}
