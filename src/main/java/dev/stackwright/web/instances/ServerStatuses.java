package dev.stackwright.web.instances;

import dev.stackwright.inventory.ServerRow;
import dev.stackwright.operations.KnownVerdict;
import dev.stackwright.operations.doctor.Code;
import dev.stackwright.web.doctor.VerdictWords;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Visit;
import dev.stackwright.web.frame.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says how a server stands: the word, and a why where the word alone does not help. */
public final class ServerStatuses {

    private static final Duration LONG_BUILD = Duration.ofMinutes(2);
    private static final Set<String> MOVING =
            Set.of(
                    "REBUILD",
                    "RESIZE",
                    "REBOOT",
                    "HARD_REBOOT",
                    "MIGRATING",
                    "REVERT_RESIZE",
                    "PASSWORD");
    private static final Set<String> KNOWN =
            Set.of(
                    "ACTIVE",
                    "BUILD",
                    "ERROR",
                    "SHUTOFF",
                    "PAUSED",
                    "SUSPENDED",
                    "SHELVED",
                    "SHELVED_OFFLOADED",
                    "RESCUE",
                    "VERIFY_RESIZE",
                    "DELETED",
                    "SOFT_DELETED",
                    "UNKNOWN",
                    "REBUILD",
                    "RESIZE",
                    "REBOOT",
                    "HARD_REBOOT",
                    "MIGRATING",
                    "REVERT_RESIZE",
                    "PASSWORD");

    private ServerStatuses() {}

    public static Status of(ServerRow server, Instant now) {
        var length = Duration.between(server.statusSince(), now);
        var status = status(server, length);
        var fault = server.fault();
        if (fault != null && server.status().equals("ERROR")) {
            return status.because(Words.verbatim(fault));
        }
        var task = server.task();
        return task == null || server.status().equals("BUILD")
                ? status
                : status.because(
                        Words.of("instances.task", task.replace('_', ' ').replace('-', ' ')));
    }

    /** With what the doctor found, which tells more than the state does. */
    static Status of(Visit visit, ServerRow server, @Nullable KnownVerdict known, Instant now) {
        var status = of(server, now);
        if (known == null) {
            return status;
        }
        var verdict = known.verdict();
        if (verdict.symptom() == null || verdict.code() == Code.NO_KNOWN_CAUSE) {
            // On a host that does not report, nothing is known of the instance itself.
            return verdict.symptom() == null && status.tone() == Tone.OK
                    ? new Status(Tone.WARN, status.word(), VerdictWords.inRow(visit, verdict))
                    : status.why() == null
                            ? status.because(VerdictWords.inRow(visit, verdict))
                            : status;
        }
        return new Status(
                status.tone() == Tone.BAD ? Tone.BAD : Tone.WARN,
                status.word(),
                VerdictWords.inRow(visit, verdict));
    }

    /** The word alone, for places that do not know since when. */
    public static Status brief(String status) {
        var tone =
                switch (status) {
                    case "ACTIVE" -> Tone.OK;
                    case "ERROR" -> Tone.BAD;
                    case "RESCUE", "VERIFY_RESIZE" -> Tone.WARN;
                    case "SHUTOFF", "PAUSED", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED" ->
                            Tone.STOP;
                    default ->
                            status.equals("BUILD") || MOVING.contains(status)
                                    ? Tone.BUSY
                                    : Tone.ASK;
                };
        return new Status(tone, word(status), null);
    }

    private static Status status(ServerRow server, Duration length) {
        var word = word(server.status());
        return switch (server.status()) {
            case "ACTIVE" -> new Status(server.task() == null ? Tone.OK : Tone.BUSY, word, null);
            case "BUILD" ->
                    new Status(
                            length.compareTo(LONG_BUILD) > 0 ? Tone.WARN : Tone.BUSY,
                            Words.of("instances.for", word, length),
                            null);
            case "ERROR" ->
                    new Status(Tone.BAD, Words.of("instances.since", word, since(length)), null);
            case "SHUTOFF", "PAUSED", "SUSPENDED", "SHELVED", "SHELVED_OFFLOADED" ->
                    new Status(
                            server.task() == null ? Tone.STOP : Tone.BUSY,
                            Words.of("instances.since", word, since(length)),
                            null);
            case "RESCUE", "VERIFY_RESIZE" -> new Status(Tone.WARN, word, null);
            default ->
                    MOVING.contains(server.status())
                            ? new Status(Tone.BUSY, Words.of("instances.for", word, length), null)
                            : new Status(Tone.ASK, word, null);
        };
    }

    private static Duration since(Duration length) {
        return length.isNegative() ? Duration.ZERO : length;
    }

    /** A state that Nova invents tomorrow is shown as Nova calls it. */
    static Words word(String status) {
        return KNOWN.contains(status)
                ? Words.of("instances.status." + status)
                : Words.verbatim(status);
    }
}
