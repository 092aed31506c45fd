/** The steps in which a host is emptied and filled again; each may run twice and looks first. */
@NullMarked
package dev.stackwright.operations.steps;

import org.jspecify.annotations.NullMarked;
