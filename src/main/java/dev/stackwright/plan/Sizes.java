package dev.stackwright.plan;

import java.util.Optional;
import java.util.OptionalLong;

/** How large the things are that a template only names; the inventory knows. */
public interface Sizes {

    /** Knows nothing: quota effects are not exact then. */
    Sizes UNKNOWN =
            new Sizes() {
                @Override
                public Optional<FlavorSize> flavor(String nameOrId) {
                    return Optional.empty();
                }

                @Override
                public OptionalLong volumeGigabytes(String nameOrId) {
                    return OptionalLong.empty();
                }

                @Override
                public OptionalLong snapshotGigabytes(String nameOrId) {
                    return OptionalLong.empty();
                }
            };

    Optional<FlavorSize> flavor(String nameOrId);

    /** Of a volume that another one is copied from. */
    OptionalLong volumeGigabytes(String nameOrId);

    /** Of the volume that a snapshot was taken of. */
    OptionalLong snapshotGigabytes(String nameOrId);

    /** What a server of a flavor takes. */
    record FlavorSize(int cores, long ramMegabytes, int diskGigabytes) {}
}
