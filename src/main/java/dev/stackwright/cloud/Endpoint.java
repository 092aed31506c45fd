package dev.stackwright.cloud;

import org.jspecify.annotations.Nullable;

/** One line of Keystone's catalog: where a service lives in a region, and for whom. */
public record Endpoint(
        String type, @Nullable String name, String facing, @Nullable String region, String url) {}
