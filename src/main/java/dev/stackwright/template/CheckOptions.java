package dev.stackwright.template;

/**
 * How thorough a check is.
 *
 * @param values whether the values of properties are held against the types, and functions worked
 *     out; Heat's own validation leaves that to the launch
 * @param complete whether parameters without a value are a mistake
 * @param decided whether a condition or an asked attribute that a missing parameter leaves open is
 *     a mistake
 */
public record CheckOptions(boolean values, boolean complete, boolean decided) {

    /** While somebody writes: everything but parameter values is there. */
    public static final CheckOptions DRAFT = new CheckOptions(true, false, false);

    /** Before a launch: everything is there. */
    public static final CheckOptions LAUNCH = new CheckOptions(true, true, true);

    /** What Heat's validation call looks at. */
    public static final CheckOptions STRUCTURE = new CheckOptions(false, false, true);
}
