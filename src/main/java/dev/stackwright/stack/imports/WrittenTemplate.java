package dev.stackwright.stack.imports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A template of things that are there, and which of its resources is which of them.
 *
 * @param text HOT, in the order in which it would be made
 * @param ids of the cloud, by the name of the resource
 */
public record WrittenTemplate(String text, Map<String, String> ids) {

    public WrittenTemplate {
        ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
    }
}
