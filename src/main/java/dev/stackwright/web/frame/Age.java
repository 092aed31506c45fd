package dev.stackwright.web.frame;

/**
 * How old what the page shows is.
 *
 * @param late whether the collector has fallen behind
 * @param words for example "Live, 2 s old"
 */
public record Age(boolean late, Words words) {}
