package dev.stackwright.cloud;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the wire should know about a call and OpenStack4j has no place for; it travels around
 * OpenStack4j, not through it.
 *
 * @param repeatable whether it does no harm twice, although it is not a GET
 */
record Hints(@Nullable Service service, @Nullable Duration timeout, boolean repeatable) {

    private static final ScopedValue<Hints> CURRENT = ScopedValue.newInstance();
    private static final Hints NONE = new Hints(null, null, false);

    static Hints current() {
        return CURRENT.isBound() ? CURRENT.get() : NONE;
    }

    <T> T during(ScopedValue.CallableOp<T, RuntimeException> call) {
        return ScopedValue.where(CURRENT, this).call(call);
    }
}
