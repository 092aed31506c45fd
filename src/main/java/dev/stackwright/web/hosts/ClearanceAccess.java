package dev.stackwright.web.hosts;

import dev.stackwright.operations.Clearance;
import dev.stackwright.operations.HostFacts;
import dev.stackwright.operations.HostView;
import dev.stackwright.operations.OperationsSettings;
import dev.stackwright.operations.clearing.Ailment;
import dev.stackwright.web.frame.PageFailure;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import org.jspecify.annotations.Nullable;

/** Who may empty a host, and which host is to be emptied how. */
final class ClearanceAccess {

    private final HostFacts hosts;
    private final OperationsSettings settings;

    ClearanceAccess(HostFacts hosts, OperationsSettings settings) {
        this.hosts = hosts;
        this.settings = settings;
    }

    boolean may(Visit visit) {
        return visit.viewer().admin() && settings.mayDrain(visit.viewer().roles());
    }

    void require(Visit visit) {
        if (!may(visit)) {
            throw PageFailure.forbidden(missing());
        }
    }

    Words missing() {
        return Words.of("hosts.role", settings.drainRole());
    }

    Ailment ailment(Visit visit, HostView host) {
        return hosts.ailment(visit.viewer(), host);
    }

    /** Why it cannot be started; null when it can. */
    @Nullable Words unable(Visit visit, HostView host, Clearance.Kind kind) {
        if (!may(visit)) {
            return missing();
        }
        if (kind == Clearance.Kind.DRAIN) {
            return switch (host.state()) {
                case SILENT, FORCED_DOWN -> Words.of("hosts.drain.silent", host.name());
                case WORKS, CLOSED -> null;
            };
        }
        var ailment = ailment(visit, host);
        return ailment.mayBeRecovered()
                ? null
                : Words.of(
                        "hosts.recovery.refused."
                                + ailment.name().toLowerCase(java.util.Locale.ROOT),
                        host.name());
    }
}
