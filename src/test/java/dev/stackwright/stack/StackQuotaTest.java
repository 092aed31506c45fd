package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stackwright.Databases;
import dev.stackwright.execution.Fate;
import dev.stackwright.inventory.QuotaLine;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not fit into the project's quota is not begun. */
@NullUnmarked
class StackQuotaTest {

    private DemoShop place;
    private Workshop shop;

    @BeforeEach
    void open() {
        place = new DemoShop(_ -> {});
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
    void aPlanThatDoesNotFitIsRefusedAndCanBeAppliedOnceItFits() {
        var before = place.state();
        shop.quota.add(new QuotaLine("volume", "gigabytes", 10L, 10));
        shop.quota.add(new QuotaLine("compute", "instances", null, 99));
        var plan = shop.preview(null, "web", Templates.WALK, Map.of());

        assertThat(Shortfall.of(plan.plan(), shop.quota))
                .extracting(Shortfall::most, Shortfall::limit)
                .containsExactly(tuple(11L, 10L));
        assertThat(shop.apply(plan))
                .isEqualTo(
                        new ApplyOutcome.Refused(
                                "The plan does not fit into the quota of the project: it needs 11"
                                        + " GB of volumes at most while it runs, and 10 are allowed."
                                        + " Ask for a higher quota, delete what is not needed, or make"
                                        + " the plan smaller."));
        assertThat(shop.stacks.find(shop.viewer, plan.stack())).isEmpty();
        assertThat(place.state()).isEqualTo(before);

        shop.quota.clear();
        assertThat(shop.apply(plan)).isInstanceOf(ApplyOutcome.Started.class);
    }

    @Test
    void aDeletionFitsIntoAnyQuota() {
        UUID stack = create();
        shop.quota.addAll(
                List.of(
                        new QuotaLine("volume", "gigabytes", 0L, 1),
                        new QuotaLine("compute", "instances", 0L, 1)));

        assertThat(shop.apply(shop.previewDelete(stack))).isInstanceOf(ApplyOutcome.Started.class);
    }

    private UUID create() {
        var plan = shop.preview(null, "web", Templates.WALK, Map.of());
        var started = shop.apply(plan);
        assertThat(started).isInstanceOf(ApplyOutcome.Started.class);
        shop.worker().turnUntilIdle();
        return plan.stack();
    }
}
