/**
 * From series to what is drawn and said of them: labels, bars, axis, trend, table. Pure; Chart.js
 * or an SVG on the server only paint it.
 */
@NullMarked
package dev.stackwright.web.chart;

import org.jspecify.annotations.NullMarked;
