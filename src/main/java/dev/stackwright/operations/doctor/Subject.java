package dev.stackwright.operations.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What a verdict is about.
 *
 * @param id a machine's name, {@code binary@host} of a service, an API's name, or the id of an
 *     instance or volume
 * @param name as people call it
 * @param project whose it is, null for what belongs to the cloud
 * @param host where it is, null when nowhere
 */
public record Subject(
        Kind kind, String id, String name, @Nullable String project, @Nullable String host) {

    /** The kinds of things that can be ill. */
    public enum Kind {
        CLOUD,
        API,
        SERVICE,
        HOST,
        POOL,
        SERVER,
        VOLUME
    }

    static Subject cloud() {
        return new Subject(Kind.CLOUD, "cloud", "", null, null);
    }

    static Subject api(String name) {
        return new Subject(Kind.API, name, name, null, null);
    }

    static Subject service(Beat beat) {
        return new Subject(
                Kind.SERVICE, beat.binary() + "@" + beat.host(), beat.binary(), null, beat.host());
    }

    static Subject host(String name) {
        return new Subject(Kind.HOST, name, name, null, name);
    }

    static Subject pool(String name) {
        return new Subject(Kind.POOL, name, name, null, null);
    }

    static Subject of(Instance instance) {
        return new Subject(
                Kind.SERVER, instance.id(), instance.name(), instance.project(), instance.host());
    }

    static Subject of(Volume volume) {
        return new Subject(
                Kind.VOLUME, volume.id(), volume.name(), volume.project(), volume.host());
    }
}
