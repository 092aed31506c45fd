/**
 * Servers, which people call instances: the list, one of them, what can be done to it, a new one.
 */
@NullMarked
package dev.stackwright.web.instances;

import org.jspecify.annotations.NullMarked;
