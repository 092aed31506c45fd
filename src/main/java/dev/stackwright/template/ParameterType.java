package dev.stackwright.template;

import java.util.Arrays;
import java.util.Optional;

/** The types that a parameter can have. */
public enum ParameterType {
    STRING("string", "String"),
    NUMBER("number", "Number"),
    LIST("comma_delimited_list", "CommaDelimitedList"),
    JSON("json", "Json"),
    BOOLEAN("boolean", "Boolean");

    private final String hot;
    private final String cfn;

    ParameterType(String hot, String cfn) {
        this.hot = hot;
        this.cfn = cfn;
    }

    static Optional<ParameterType> named(String name, boolean isHot) {
        return Arrays.stream(values()).filter(type -> type.name(isHot).equals(name)).findFirst();
    }

    String name(boolean isHot) {
        return isHot ? hot : cfn;
    }

    /** The name that HOT has for it. */
    public String hotName() {
        return hot;
    }
}
