package dev.stackwright.web.frame;

/** Knows how old the inventory is that a visit looks at. */
public interface AgeOfData {

    Age of(Visit visit);
}
