package dev.stackwright.notification;

import dev.stackwright.kernel.CloudName;

/** Tells how the message bus of a cloud does. */
@FunctionalInterface
public interface Bus {

    BusState state(CloudName cloud);
}
