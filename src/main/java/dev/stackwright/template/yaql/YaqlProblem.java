package dev.stackwright.template.yaql;

/** Why an expression cannot be read or has no value; the message is a full sentence. */
public final class YaqlProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    private YaqlProblem(String sentence, boolean unsupported) {
        super(sentence, null, false, false);
        this.unsupported = unsupported;
    }

    static YaqlProblem of(String sentence) {
        return new YaqlProblem(sentence, false);
    }

    static YaqlProblem unsupported(String function) {
        return new YaqlProblem("The YAQL function %s is not known here.".formatted(function), true);
    }

    /** Whether the expression may be right, but uses what is not there yet. */
    public boolean isUnsupported() {
        return unsupported;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
