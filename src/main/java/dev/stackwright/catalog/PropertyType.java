package dev.stackwright.catalog;

/** The type of a property or attribute. */
public enum PropertyType {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    MAP,
    LIST,
    ANY
}
