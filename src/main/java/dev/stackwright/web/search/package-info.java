/** One box that finds everything a viewer may see: by name, id or address. */
@NullMarked
package dev.stackwright.web.search;

import org.jspecify.annotations.NullMarked;
