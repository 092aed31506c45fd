package dev.stackwright.web.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedTest {

    private final Shared<String, String> shared = new Shared<>(Duration.ofHours(1), 10, 2);

    @Test
    void allWhoAskAtOnceWaitForOneReading() throws Exception {
        var readings = new AtomicInteger();
        var asking = new CountDownLatch(20);
        List<Callable<String>> people = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            people.add(() -> {
                asking.countDown();
                return shared.get(
                        "shop",
                        () -> {
                            awaitQuietly(asking);
                            return "reading " + readings.incrementAndGet();
                        });
            });
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(people)) {
                assertThat(answer.get()).isEqualTo("reading 1");
            }
        }
        assertThat(shared.get("lab", () -> "another")).isEqualTo("another");
    }

    @Test
    void whatCouldNotBeReadIsAskedForAgain() {
        assertThatThrownBy(() ->
                        shared.get(
                                "shop",
                                () -> {
                                    throw new IllegalStateException("no database");
                                }))
                .hasMessage("no database");

        assertThat(shared.get("shop", () -> "there again")).isEqualTo("there again");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
