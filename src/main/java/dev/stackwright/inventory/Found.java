package dev.stackwright.inventory;

/**
 * What a search came upon.
 *
 * @param status in upper case, empty for what has none
 * @param exact whether the name, id or address is just what was asked for
 */
public record Found(ObjectRef ref, String name, String status, boolean exact) {

    /** The name, or the id of what has none. */
    public String label() {
        return name.isEmpty() ? ref.id() : name;
    }
}
