package dev.stackwright.plan;

import dev.stackwright.kernel.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of an attribute that reaches into the stack behind a resource, in one way of writing:
 * {@code [resource.web, address]} becomes {@code [resource.web.address]}.
 */
public final class InnerPath {

    private static final String INNER = "resource.";

    private InnerPath() {}

    public static List<Value> of(List<Value> path) {
        if (path.size() < 2
                || !(path.get(0) instanceof Value.Text(var first))
                || !(path.get(1) instanceof Value.Text(var second))
                || !first.startsWith(INNER)
                || first.indexOf('.', INNER.length()) >= 0) {
            return path;
        }
        var joined = new ArrayList<Value>();
        joined.add(Value.of(first + "." + second));
        joined.addAll(path.subList(2, path.size()));
        return joined;
    }

    /** The attribute that refers to a resource inside. */
    public static String to(String resource) {
        return INNER + resource;
    }
}
