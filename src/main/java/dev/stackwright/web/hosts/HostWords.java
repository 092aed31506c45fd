package dev.stackwright.web.hosts;

import dev.stackwright.inventory.CloudObject;
import dev.stackwright.operations.HostView;
import dev.stackwright.operations.clearing.Amounts;
import dev.stackwright.web.frame.Format;
import dev.stackwright.web.frame.Meter;
import dev.stackwright.web.frame.Status;
import dev.stackwright.web.frame.Tone;
import dev.stackwright.web.frame.Words;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Says how hosts stand. */
final class HostWords {

    private HostWords() {}

    static Status status(HostView host) {
        var status =
                switch (host.state()) {
                    case WORKS -> Status.of(Tone.OK, "hosts.state.works");
                    case CLOSED -> Status.of(Tone.STOP, "hosts.state.closed");
                    case SILENT -> Status.of(Tone.BAD, "hosts.state.silent");
                    case FORCED_DOWN -> Status.of(Tone.BAD, "hosts.state.forced");
                };
        var reason = host.reason();
        return reason == null ? status : status.because(Words.verbatim(reason));
    }

    /** One or many of something: {@code hosts.count.instances}. */
    static Words count(String what, long number) {
        var key = "hosts.count." + what;
        return Words.of(number == 1 ? key + ".one" : key, number);
    }

    /** As placement counts it where it was asked, else as the hypervisor says. */
    static Meter vcpus(HostView host) {
        var place = host.place();
        return place == null || place.capacity().get(Amounts.VCPU) == 0
                ? plain("hosts.vcpus", number(host, "vcpus_used"), number(host, "vcpus"))
                : plain(
                        "hosts.vcpus",
                        place.used().get(Amounts.VCPU),
                        place.capacity().get(Amounts.VCPU));
    }

    static Meter memory(HostView host, Format format) {
        var place = host.place();
        return place == null || place.capacity().get(Amounts.MEMORY) == 0
                ? amount(
                        "hosts.memory",
                        number(host, "memory_mb_used"),
                        number(host, "memory_mb"),
                        format::mebibytes)
                : amount(
                        "hosts.memory",
                        place.used().get(Amounts.MEMORY),
                        place.capacity().get(Amounts.MEMORY),
                        format::mebibytes);
    }

    static Meter disk(HostView host, Format format) {
        var place = host.place();
        return place == null || place.capacity().get(Amounts.DISK) == 0
                ? amount(
                        "hosts.disk",
                        number(host, "local_gb_used"),
                        number(host, "local_gb"),
                        format::gibibytes)
                : amount(
                        "hosts.disk",
                        place.used().get(Amounts.DISK),
                        place.capacity().get(Amounts.DISK),
                        format::gibibytes);
    }

    private interface Said {
        String of(long amount);
    }

    private static Meter plain(String key, long used, long all) {
        return Meter.of(Words.of(key), used, all, number(used), number(all));
    }

    private static Meter amount(String key, long used, long all, Said said) {
        return Meter.of(
                Words.of(key),
                used,
                all,
                Words.verbatim(said.of(used)),
                Words.verbatim(said.of(all)));
    }

    private static Words number(long number) {
        Serializable argument = number;
        return Words.of("hosts.number", argument);
    }

    private static long number(HostView host, String field) {
        return host.hypervisor().facts().path(field).asLong(0);
    }

    /** A process that reports: nova-compute, or an agent. */
    static Status service(@Nullable CloudObject object) {
        if (object == null) {
            return Status.of(Tone.ASK, "hosts.service.unknown");
        }
        var down =
                object.text("state").equals("down")
                        || object.facts().has("alive")
                                && !object.facts().path("alive").asBoolean(true);
        if (down) {
            return Status.of(Tone.BAD, "hosts.service.silent");
        }
        var off =
                object.text("status").equals("disabled")
                        || object.facts().has("admin_state_up")
                                && !object.facts().path("admin_state_up").asBoolean(true);
        return off
                ? Status.of(Tone.STOP, "hosts.service.closed")
                : Status.of(Tone.OK, "hosts.service.answers");
    }
}
