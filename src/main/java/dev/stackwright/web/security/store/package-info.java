/** How sessions lie in the database. */
@NullMarked
package dev.stackwright.web.security.store;

import org.jspecify.annotations.NullMarked;
