package dev.stackwright.operations.doctor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every cause that the doctor knows. The names are stable: documents and scripts rely on them. */
public enum Code {
    CERTIFICATE_EXPIRED,
    KEYSTONE_DOWN,
    KEYSTONE_REFUSES,
    KEYSTONE_SLOW,
    BUS_DOWN,
    BUS_CUT_OFF,
    QUEUE_UNREAD,
    DATABASE_STUCK,
    NOVA_API_DOWN,
    NEUTRON_SERVER_DOWN,
    CINDER_API_DOWN,
    GLANCE_DOWN,
    PLACEMENT_DOWN,
    NOVA_CONDUCTOR_DOWN,
    NOVA_SCHEDULER_DOWN,
    HOST_DOWN,
    NOVA_COMPUTE_DOWN,
    NETWORK_AGENT_DOWN,
    CINDER_SCHEDULER_DOWN,
    CINDER_VOLUME_DOWN,
    VOLUME_BACKEND_FULL,
    CLOCK_SKEW,
    HOST_RETURNED,
    QUOTA_EXHAUSTED,
    IMAGE_TOO_LARGE,
    PORT_BINDING_FAILED,
    PORT_NOT_BOUND,
    NO_HOST_TOO_BIG,
    NO_HOST_FULL,
    NO_HOST_AGGREGATE,
    NO_HOST_ANTI_AFFINITY,
    NO_HOST_DISABLED,
    NO_KNOWN_CAUSE;

    /** As documents and pages write it: {@code nova-scheduler-down}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Code> of(String key) {
        return Arrays.stream(values()).filter(code -> code.key().equals(key)).findFirst();
    }
}
