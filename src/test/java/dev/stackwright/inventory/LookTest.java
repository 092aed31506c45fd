package dev.stackwright.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page asks the same thing once, however often its parts want to know it. */
class LookTest {

    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void end() {
        Look.end();
    }

    private int ask(String question) {
        return Look.once(question, asked::incrementAndGet);
    }

    @Test
    void withinALookAQuestionIsAskedOnce() {
        Look.begin();

        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("b")).isEqualTo(2);
        assertThat(ask("a")).isEqualTo(1);
    }

    @Test
    void theNextLookAsksAgain() {
        Look.begin();
        ask("a");
        Look.end();
        Look.begin();

        assertThat(ask("a")).isEqualTo(2);
    }

    @Test
    void withoutALookItIsAskedEachTime() {
        assertThat(ask("a")).isEqualTo(1);
        assertThat(ask("a")).isEqualTo(2);
    }
}
