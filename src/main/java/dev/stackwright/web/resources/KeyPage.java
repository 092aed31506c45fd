package dev.stackwright.web.resources;

/** The private half of a new key pair, shown this once. */
record KeyPage(String name, String key, String list, String self) {}
