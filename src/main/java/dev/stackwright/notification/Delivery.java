package dev.stackwright.notification;

/** A message as it came from the bus: the exchange that carried it, and its bytes. */
public record Delivery(String exchange, byte[] body) {}
