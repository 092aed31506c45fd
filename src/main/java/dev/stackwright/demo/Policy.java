package dev.stackwright.demo;

/** Who may do what, as Nova and Cinder word it. */
enum Policy {
    COMPUTE("os_compute_api:"),
    VOLUME("");

    private final String prefix;

    Policy(String prefix) {
        this.prefix = prefix;
    }

    void mayChange(Call call, String rule) {
        if (!call.grant().mayChange()) {
            throw disallowed(rule);
        }
    }

    void needAdmin(Call call, String rule) {
        if (!call.grant().admin()) {
            throw disallowed(rule);
        }
    }

    Refusal disallowed(String rule) {
        return new Refusal(403, "Policy doesn't allow " + prefix + rule + " to be performed.");
    }
}
