package dev.stackwright.rating.hashmap;

/** What the cost of a rule does: a flat one is an amount of money, a rate multiplies. */
public enum Effect {
    FLAT,
    RATE
}
