package dev.stackwright.template;

import org.jspecify.annotations.Nullable;

/** A place in the structure of a template, such as {@code resources.web.properties.flavor}. */
record Path(@Nullable Path parent, String step) {

    static final Path ROOT = new Path(null, "");

    Path to(String key) {
        return new Path(this, key);
    }

    Path at(int index) {
        return new Path(this, "[" + index + "]");
    }

    @Override
    public String toString() {
        if (parent == null) {
            return step;
        }
        String before = parent.toString();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }
}
