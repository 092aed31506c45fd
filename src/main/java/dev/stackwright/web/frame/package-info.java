/**
 * What every page shares: the layout around it, the visit it is drawn for, words and formats, the
 * stylesheet, the script and the symbols.
 */
@NullMarked
package dev.stackwright.web.frame;

import org.jspecify.annotations.NullMarked;
