/**
 * What the message bus of a cloud says: envelopes in, notifications out, to every listener in one
 * transaction before the broker hears that they arrived.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database"})
package dev.stackwright.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
