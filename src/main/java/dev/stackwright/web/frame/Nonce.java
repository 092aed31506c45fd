package dev.stackwright.web.frame;

/**
 * Taken as an argument by the controller method of a page whose script adds a style of its own (the
 * editor): the page then has a {@code csp-nonce}, and its policy lets that one style through.
 */
public record Nonce(String value) {}
