/** What has to know SQL errors and the pool. */
@NullMarked
package dev.stackwright.database.store;

import org.jspecify.annotations.NullMarked;
