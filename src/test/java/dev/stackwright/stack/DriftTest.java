package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.Fate;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of drift on the demo cloud. */
@NullUnmarked
class DriftTest extends DriftContract {

    private DemoShop place;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Override
    Workshop shop() {
        return new Workshop(
                Databases.h2(),
                place.clouds,
                Workshop.vault(),
                place.token,
                place.clock,
                Fate.kind());
    }

    @Override
    Cloud cloud() {
        return place.clouds.all().getFirst();
    }

    @Override
    Token token() {
        return place.token;
    }

    @Override
    void work(Workshop shop) {
        shop.worker().turnUntilIdle();
    }

    @Override
    void await(String what, BooleanSupplier condition) {
        for (int turn = 0; turn < 100 && !condition.getAsBoolean(); turn++) {
            place.clock.advance(java.time.Duration.ofSeconds(5));
            place.demo.advance();
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    Object state() {
        return place.state();
    }
}
