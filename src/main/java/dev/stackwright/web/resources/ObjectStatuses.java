package dev.stackwright.web.resources;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.Kind;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.util.Locale;
import java.util.Set;

/** Says how a thing stands: a word, and what it means for whoever looks. */
public final class ObjectStatuses {

    private static final Set<String> WELL =
            Set.of("ACTIVE", "AVAILABLE", "IN-USE", "UP", "ENABLED");
    private static final Set<String> MOVING = Set.of("BUILD", "SAVING");

    private ObjectStatuses() {}

    public static Status of(CloudObject object) {
        var status = of(object.kind(), object.status());
        var why =
                switch (object.kind()) {
                    case HYPERVISOR -> object.facts().path("service").path("disabled_reason");
                    default -> object.facts().path("disabled_reason");
                };
        var reason = why.isString() ? why.asString("") : "";
        return reason.isEmpty() ? status : status.because(Words.verbatim(reason));
    }

    static Status of(Kind kind, String status) {
        return new Status(tone(kind, status), word(status), null);
    }

    static Tone tone(Kind kind, String status) {
        if (status.contains("ERROR") || status.equals("KILLED")) {
            return Tone.BAD;
        }
        if (status.equals("DOWN")) {
            // A port without a running server and an address without a port are merely at rest.
            return kind.isMachinery() || kind == Kind.ROUTER ? Tone.BAD : Tone.STOP;
        }
        if (WELL.contains(status)) {
            return Tone.OK;
        }
        if (MOVING.contains(status) || status.endsWith("ING") || status.endsWith("ING-UP")) {
            return Tone.BUSY;
        }
        if (status.equals("QUEUED") || status.equals("RESERVED")) {
            return Tone.WAIT;
        }
        if (status.equals("N/A")) {
            return Tone.IDLE;
        }
        return status.equals("DISABLED") || status.equals("DEACTIVATED") ? Tone.STOP : Tone.ASK;
    }

    /** As the service calls it, for the eye: "In use" of IN-USE. */
    static Words word(String status) {
        if (status.equals("N/A")) {
            return Words.verbatim(status);
        }
        var plain = status.toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        return Words.verbatim(
                plain.isEmpty()
                        ? plain
                        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1));
    }
}
