package dev.stackwright.template;

import java.util.Set;

/**
 * How much of a template we are willing to read. The defaults are Heat's where Heat has one.
 *
 * @param bytes the longest text, in UTF-8 bytes
 * @param depth how deep lists and maps may nest
 * @param nodes how many keys and values there may be once aliases are followed
 * @param resources how many resources a stack may have, those of nested templates too
 * @param nesting how deep templates may use templates as types; 0 when not at all
 * @param extensions what a text may say although Heat does not know it
 */
public record Limits(
        int bytes, int depth, int nodes, int resources, int nesting, Set<Extension> extensions) {

    public static final Limits DEFAULT = new Limits(512 * 1024, 100, 250_000, 1_000, 5);

    public Limits(int bytes, int depth, int nodes, int resources, int nesting) {
        this(bytes, depth, nodes, resources, nesting, Extension.ALL);
    }

    public Limits {
        if (bytes < 1 || depth < 1 || nodes < 1 || resources < 0 || nesting < 0) {
            throw new IllegalArgumentException("Limits are positive numbers");
        }
        extensions = Set.copyOf(extensions);
    }

    /** What is left one level down. */
    public Limits inside() {
        return new Limits(bytes, depth, nodes, resources, Math.max(0, nesting - 1), extensions);
    }

    public Limits withResources(int most) {
        return new Limits(bytes, depth, nodes, most, nesting, extensions);
    }

    public Limits withNesting(int most) {
        return new Limits(bytes, depth, nodes, resources, most, extensions);
    }

    public Limits withBytes(int most) {
        return new Limits(most, depth, Math.max(nodes, most), resources, nesting, extensions);
    }

    /** The same with other extensions; without any, a text means what it means to Heat. */
    public Limits with(Set<Extension> others) {
        return new Limits(bytes, depth, nodes, resources, nesting, others);
    }
}
