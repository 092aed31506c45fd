package dev.stackwright.inventory;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look of somebody at the inventory, on one thread: how far it is and how fresh is asked once,
 * and everything on a page goes by the same answer. Without a look, each question is asked.
 */
public final class Look {

    private static final ThreadLocal<@Nullable Map<Object, Object>> SEEN = new ThreadLocal<>();

    private Look() {}

    /** It lasts until {@link #end}. */
    public static void begin() {
        SEEN.set(new HashMap<>());
    }

    public static void end() {
        SEEN.remove();
    }

    @SuppressWarnings("unchecked") // What is under a question is its answer.
    static <T> T once(Object question, Supplier<T> ask) {
        var seen = SEEN.get();
        if (seen == null) {
            return ask.get();
        }
        var known = seen.get(question);
        if (known == null) {
            known = ask.get();
            seen.put(question, known);
        }
        return (T) known;
    }
}
