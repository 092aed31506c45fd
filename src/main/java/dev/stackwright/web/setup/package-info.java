/**
 * Is everything connected that Stackwright needs? Each part is tested when an administrator asks
 * for it, never by looking at the page; what is missing is said together with how to mend it.
 */
@NullMarked
package dev.stackwright.web.setup;

import org.jspecify.annotations.NullMarked;
