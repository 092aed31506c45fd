package dev.stackwright.plan;

/**
 * What a plan does to one quota.
 *
 * @param change what is used more in the end, or less when negative
 * @param peak what is used more at most while the plan runs; memory in MB, storage in GB
 * @param exact false when a size is not known, so that it may be more
 */
public record QuotaEffect(Quota quota, long change, long peak, boolean exact) {}
