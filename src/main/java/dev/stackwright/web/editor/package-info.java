/**
 * The template editor: a text area that a script makes comfortable, the marks that the engine puts
 * into it while somebody types, and templates to begin with.
 */
@NullMarked
package dev.stackwright.web.editor;

import org.jspecify.annotations.NullMarked;
