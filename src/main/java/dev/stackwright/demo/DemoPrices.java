package dev.stackwright.demo;

import dev.stackwright.rating.PriceBooks;
import dev.stackwright.rating.hashmap.Effect;
import dev.stackwright.rating.hashmap.Rule;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/**
 * Puts a price book on the demo cloud, as an administrator would, so that its usage shows money.
 */
final class DemoPrices implements SmartLifecycle {

    /** What a small provider might ask; by the hour, and by the gigabyte of traffic. */
    private static final List<Rule> RULES =
            List.of(
                    Rule.flat("vcpus", "0.0125"),
                    Rule.flat("memory", "0.0035"),
                    Rule.flat("volume.size", "0.00012"),
                    Rule.flat("volume.size", "1.75").by(Effect.RATE).when("volume_type", "fast"),
                    Rule.flat("volume.size", "0.5").by(Effect.RATE).when("volume_type", "slow"),
                    Rule.flat("snapshot.size", "0.00006"),
                    Rule.flat("image.size", "0.00003"),
                    Rule.flat("ip.floating", "0.005"),
                    Rule.flat("network.outgoing.bytes", "0.02"));

    private final EmbeddedDemo demo;
    private final PriceBooks books;
    private final Clock clock;
    private volatile boolean running;

    DemoPrices(EmbeddedDemo demo, PriceBooks books, Clock clock) {
        this.demo = demo;
        this.books = books;
        this.clock = clock;
    }

    @Override
    public void start() {
        running = true;
        if (demo.cloud().isEmpty() || !books.versions(EmbeddedDemo.NAME).isEmpty()) {
            return;
        }
        var draft = books.draft(EmbeddedDemo.NAME, "demo");
        books.change(
                EmbeddedDemo.NAME,
                draft.number(),
                draft.revision(),
                "EUR",
                "The prices that the demo cloud begins with",
                RULES,
                "demo");
        books.publish(
                EmbeddedDemo.NAME,
                draft.number(),
                draft.revision() + 1,
                clock.instant()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .withDayOfMonth(1)
                        .minusMonths(3)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant(),
                "demo");
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
