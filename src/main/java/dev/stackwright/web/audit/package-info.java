/** The record of what people did, as a page and as CSV, and how panels add to it. */
@NullMarked
package dev.stackwright.web.audit;

import org.jspecify.annotations.NullMarked;
