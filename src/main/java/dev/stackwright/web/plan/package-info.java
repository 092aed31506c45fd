/** One page for every plan: before it runs, while it runs, and as a record afterwards. */
@NullMarked
package dev.stackwright.web.plan;

import org.jspecify.annotations.NullMarked;
