/** Price books, what all projects cost, and statements. */
@NullMarked
package dev.stackwright.web.rating;

import org.jspecify.annotations.NullMarked;
