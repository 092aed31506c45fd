/** How a project stands: what needs somebody, what it uses, what happened last. */
@NullMarked
package dev.stackwright.web.overview;

import org.jspecify.annotations.NullMarked;
