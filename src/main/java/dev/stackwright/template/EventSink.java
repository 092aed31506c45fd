package dev.stackwright.template;

import dev.stackwright.kernel.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where else the events of a stack go.
 *
 * @param type such as {@code zaqar-queue}
 * @param settings everything else that stands there, such as target and ttl
 */
public record EventSink(String type, Map<String, Value> settings) {

    public EventSink {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
