package dev.stackwright.cloud;

import dev.stackwright.kernel.CloudName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told of every call that leaves for a cloud, once per attempt, after it ended. */
@FunctionalInterface
public interface CallObserver {

    void called(Call call);

    /**
     * One attempt.
     *
     * @param service nothing when the address belongs to no service that we know
     * @param status 0 when there was no answer
     */
    record Call(
            CloudName cloud,
            @Nullable Service service,
            String method,
            String path,
            int status,
            Duration took) {}
}
