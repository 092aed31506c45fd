/** What a person sees when something is wrong: a sentence, what goes on, two ways on. */
@NullMarked
package dev.stackwright.web.errors;

import org.jspecify.annotations.NullMarked;
