package dev.stackwright.plan;

/**
 * Why something changes.
 *
 * @param name of the parameter, or of the resource that is followed; empty when there is none
 */
public record Reason(Kind kind, String name) {

    public static final Reason TEMPLATE = new Reason(Kind.TEMPLATE, "");
    public static final Reason ENVIRONMENT = new Reason(Kind.ENVIRONMENT, "");
    public static final Reason TYPE = new Reason(Kind.TYPE, "");
    public static final Reason FAILED = new Reason(Kind.FAILED, "");
    public static final Reason MISSING = new Reason(Kind.MISSING, "");
    public static final Reason DRIFT = new Reason(Kind.DRIFT, "");
    public static final Reason REQUESTED = new Reason(Kind.REQUESTED, "");

    static Reason parameter(String name) {
        return new Reason(Kind.PARAMETER, name);
    }

    static Reason follows(String resource) {
        return new Reason(Kind.DEPENDENCY, resource);
    }

    /** Where the wish for a change comes from. */
    public enum Kind {
        /** The text of the template is another one. */
        TEMPLATE,
        /** A parameter has another value. */
        PARAMETER,
        /** The environment maps a type to another one, or gives another value. */
        ENVIRONMENT,
        /** A resource that it refers to becomes another one. */
        DEPENDENCY,
        /** The type is another one. */
        TYPE,
        /** It failed earlier and is not sound. */
        FAILED,
        /** It was never made, or is gone. */
        MISSING,
        /** The live object is not what was applied. */
        DRIFT,
        /** The type is built anew on every update, or the stack is to be deleted. */
        REQUESTED
    }
}
