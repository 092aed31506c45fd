/** What of the bus is kept: the messages that could not be read, and who spoke when. */
@NullMarked
package dev.stackwright.notification.store;

import org.jspecify.annotations.NullMarked;
