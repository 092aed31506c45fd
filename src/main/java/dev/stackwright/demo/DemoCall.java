package dev.stackwright.demo;

/**
 * One call that reached the demo cloud: the service ("compute"), and method and path below the
 * service's address.
 */
public record DemoCall(long number, String service, String method, String path) {}
