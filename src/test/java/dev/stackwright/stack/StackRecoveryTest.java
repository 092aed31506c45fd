package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.demo.DemoFailure;
import dev.stackwright.demo.DemoFaults;
import dev.stackwright.execution.Fate;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stack whose creation or update failed can be edited until it is right, or deleted. */
@NullUnmarked
class StackRecoveryTest {

    private DemoShop place;
    private Workshop shop;
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
        bare = place.state();
        shop =
                new Workshop(
                        Databases.h2(),
                        place.clouds,
                        Workshop.vault(),
                        place.token,
                        place.clock,
                        Fate.kind());
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void anUpdateFinishesWhatAFailedCreateBegan() {
        var stack = createWithoutVolumes();
        var server = shop.physicalId(stack, "server");
        assertThat(shop.find(stack).firstCause()).isEqualTo("volume");

        run(shop.preview(stack, "web", Templates.WALK, Map.of("text", "second", "size", "2")));

        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.physicalId(stack, "server")).isEqualTo(server);
        assertThat(place.state()).containsEntry("volume", bare.getOrDefault("volume", 0L) + 1);
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void aServerThatNeverCameUpIsReplaced() {
        place.demo.faults().turnOn(DemoFaults.SCHEDULER_SILENT);
        var patience = Duration.ofMinutes(5);
        var stack = run(shop.preview(null, "web", Templates.WALK, Map.of(), patience));
        expect(stack, "CREATE_FAILED");
        var stuck = shop.physicalId(stack, "server");
        place.demo.faults().turnOff(DemoFaults.SCHEDULER_SILENT);

        run(shop.preview(stack, "web", Templates.WALK, Map.of("text", "second")));

        expect(stack, "UPDATE_COMPLETE");
        assertThat(shop.physicalId(stack, "server")).isNotEqualTo(stuck);
        assertThat(place.state()).containsEntry("server", bare.getOrDefault("server", 0L) + 1);
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void anEditThatGoesBackEndsAFailedUpdate() {
        var stack = run(shop.preview(null, "web", Templates.WALK, Map.of()));
        expect(stack, "CREATE_COMPLETE");
        var full = place.state();
        place.demo
                .faults()
                .failFor(
                        "",
                        "POST",
                        "/servers$",
                        new DemoFailure.Status(503),
                        Duration.ofMinutes(30));
        run(shop.preview(stack, "web", Templates.WALK, Map.of("secret", "another")));
        expect(stack, "UPDATE_FAILED");
        place.demo.faults().clearFailures();

        run(shop.preview(stack, "web", Templates.WALK, Map.of()));

        expect(stack, "UPDATE_COMPLETE");
        assertThat(place.state()).isEqualTo(full);
        run(shop.previewDelete(stack));
        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    @Test
    void aFailedCreateIsDeletedWithAllThatItMade() {
        var stack = createWithoutVolumes();

        run(shop.previewDelete(stack));

        expect(stack, "DELETE_COMPLETE");
        assertThat(place.state()).isEqualTo(bare);
    }

    private UUID createWithoutVolumes() {
        place.demo
                .faults()
                .failFor(
                        "",
                        "POST",
                        "/volumes$",
                        new DemoFailure.Status(503),
                        Duration.ofMinutes(30));
        var stack = run(shop.preview(null, "web", Templates.WALK, Map.of()));
        expect(stack, "CREATE_FAILED");
        place.demo.faults().clearFailures();
        return stack;
    }

    private UUID run(StoredPlan plan) {
        var outcome = shop.apply(plan);
        assertThat(outcome).isInstanceOf(ApplyOutcome.Started.class);
        shop.worker().turnUntilIdle();
        return ((ApplyOutcome.Started) outcome).stack();
    }

    private void expect(UUID stack, String status) {
        assertThat(shop.find(stack).status()).as(shop.find(stack).reason()).isEqualTo(status);
    }
}
