/** Where price books, budgets and statements are kept. */
@NullMarked
package dev.stackwright.rating.store;

import org.jspecify.annotations.NullMarked;
