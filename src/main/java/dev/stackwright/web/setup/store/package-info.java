/** What the database says about itself. */
@NullMarked
package dev.stackwright.web.setup.store;

import org.jspecify.annotations.NullMarked;
