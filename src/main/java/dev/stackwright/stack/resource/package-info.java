/**
 * How each type of resource is made, changed and deleted. A handler may be called any number of
 * times for one step: it looks at what it remembers and at the cloud, and goes one step on.
 */
@NullMarked
package dev.stackwright.stack.resource;

import org.jspecify.annotations.NullMarked;
