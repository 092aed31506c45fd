package dev.stackwright.catalog;

/** What becomes of a resource when one of its properties changes. */
public enum OnChange {
    /** The resource takes the new value and lives on. */
    UPDATE,
    /** A new resource is built and the old one goes. */
    REPLACE,
    /** The change is an error: such a resource is neither updated nor replaced. */
    REFUSE
}
