package dev.stackwright.demo;

import java.time.Instant;

/**
 * A notification as it lies on the bus: the service's exchange, the routing key, and the
 * oslo.messaging 2.0 envelope.
 */
public record DemoEnvelope(String exchange, String routingKey, Instant time, byte[] body) {}
