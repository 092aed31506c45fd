package dev.stackwright.template;

/** What becomes of the cloud's object when its resource goes. */
public enum DeletionPolicy {
    DELETE,
    RETAIN,
    SNAPSHOT
}
