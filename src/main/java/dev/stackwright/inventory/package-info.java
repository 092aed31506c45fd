/**
 * The read model of the cloud: what pages read instead of asking the cloud. A collector keeps it
 * current by notifications and reconciling polls; one visibility rule decides who sees what.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "cloud", "database", "notification"})
package dev.stackwright.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
