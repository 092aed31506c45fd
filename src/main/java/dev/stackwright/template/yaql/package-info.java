/**
 * YAQL, the small query language inside the function of that name: its grammar, its operators and
 * the part of its library that templates use. Pure, and bounded in what one expression may cost.
 */
@NullMarked
package dev.stackwright.template.yaql;

import org.jspecify.annotations.NullMarked;
