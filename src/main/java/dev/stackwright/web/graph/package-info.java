/** Draws what depends on what as SVG on the server, the same picture each time. Pure. */
@NullMarked
package dev.stackwright.web.graph;

import org.jspecify.annotations.NullMarked;
