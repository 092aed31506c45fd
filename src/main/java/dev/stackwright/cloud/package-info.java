/**
 * The one door to OpenStack. A {@link dev.stackwright.cloud.Cloud} signs people and the service
 * account in and lends out an {@link dev.stackwright.cloud.OpenStack} for the length of one call;
 * what lies behind it (OpenStack4j, connections, retries, token renewal) stays in this room.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.stackwright.cloud;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
