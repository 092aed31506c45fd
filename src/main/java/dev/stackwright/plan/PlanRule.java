package dev.stackwright.plan;

/** What a plan refuses, each with a code that never changes its meaning. */
public enum PlanRule {
    CANNOT_CHANGE(
            "SW3001",
            "Property cannot change",
            "A resource of this type takes no new value of the property, and is not built anew for"
                    + " it either. Put the old value back, or give the resource another name."),
    ADOPTED(
            "SW3002",
            "Adopted resource cannot change",
            "An external_id can neither be added, changed nor removed once the resource exists."
                    + " Give the resource another name."),
    INSIDE(
            "SW3003",
            "Stack behind a resource cannot be made",
            "What the resource stands for is a stack of its own, and with the values that it is"
                    + " given here something in it is wrong. The sentence says what."),
    RESTRICTED(
            "SW3004",
            "Action is restricted",
            "The environment forbids what the change would do to the resource (restricted_actions)."
                    + " Take the restriction out, or leave the resource as it is."),
    IMMUTABLE(
            "SW3005",
            "Parameter cannot change",
            "The template says that the parameter is immutable, so it keeps the value that the"
                    + " stack was made with. Put the old value back.");

    private final String code;
    private final String title;
    private final String explanation;

    PlanRule(String code, String title, String explanation) {
        this.code = code;
        this.title = title;
        this.explanation = explanation;
    }

    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String explanation() {
        return explanation;
    }
}
