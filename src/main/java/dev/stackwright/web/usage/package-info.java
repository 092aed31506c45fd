/** What the project used: the usage page, a resource's figures, and the samples behind them. */
@NullMarked
package dev.stackwright.web.usage;

import org.jspecify.annotations.NullMarked;
