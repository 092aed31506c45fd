package dev.stackwright.stack;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.stackwright.execution.Fate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.NullUnmarked;

/**
 * How long the engine takes for what costs the cloud nothing: a hundred random texts, a chain of a
 * hundred values, the preview of a change that changes nothing. The median of five rounds after a
 * warm one; done means complete and visible. Run by {@code bench/stacks}.
 */
@NullUnmarked
public final class StackBench {

    private static final int ROUNDS = 5;
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Workshop shop;
    private int made;

    private StackBench(Workshop shop) {
        this.shop = shop;
    }

    public static void main(String[] arguments) throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setUsername(arguments[1]);
        config.setPassword(arguments[2]);
        try (var place = new DemoShop(_ -> {});
                var database = new HikariDataSource(config)) {
            Flyway.configure()
                    .dataSource(database)
                    .locations("classpath:db/migration/common", "classpath:db/migration/postgresql")
                    .load()
                    .migrate();
            var shop =
                    new Workshop(
                            database,
                            place.clouds,
                            Workshop.vault(),
                            place.token,
                            Clock.systemUTC(),
                            Fate.kind());
            new StackBench(shop).run();
        }
    }

    private void run() {
        var random = randomTexts();
        var chain = chain();
        var create = new double[ROUNDS + 1];
        var preview = new double[ROUNDS + 1];
        var delete = new double[ROUNDS + 1];
        var chained = new double[ROUNDS + 1];
        for (int round = 0; round <= ROUNDS; round++) {
            var stack = new UUID[1];
            create[round] = seconds(() -> stack[0] = made(random, 100));
            preview[round] =
                    seconds(() -> {
                        var plan = shop.preview(stack[0], "", random, Map.of());
                        expect(plan.plan().changesNothing(), "the plan changes something");
                        return plan;
                    });
            delete[round] = seconds(() -> ended(stack[0]));
            chained[round] = seconds(() -> stack[0] = made(chain, 100));
            ended(stack[0]);
        }
        figure("random-100-create-s", create);
        figure("random-100-delete-s", delete);
        figure("chain-100-create-s", chained);
        figure("noop-preview-100-s", preview);
    }

    private static String randomTexts() {
        var text = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
        for (int i = 0; i < 100; i++) {
            text.append("  text%d: {type: OS::Heat::RandomString}\n".formatted(i));
        }
        return text.toString();
    }

    private static String chain() {
        var text = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
        text.append("  v0: {type: OS::Heat::Value, properties: {value: x}}\n");
        for (int i = 1; i < 100; i++) {
            text.append(
                    "  v%d: {type: OS::Heat::Value, properties: {value: {get_attr: [v%d, value]}}}\n"
                            .formatted(i, i - 1));
        }
        return text.toString();
    }

    private UUID made(String template, int resources) {
        var stack = run(shop.preview(null, "bench" + made++, template, Map.of()));
        expect(shop.find(stack).status().equals("CREATE_COMPLETE"), shop.find(stack).reason());
        expect(shop.find(stack).resources() == resources, "resources are missing");
        return stack;
    }

    private UUID ended(UUID stack) {
        run(shop.previewDelete(stack));
        expect(shop.find(stack).status().equals("DELETE_COMPLETE"), shop.find(stack).reason());
        return stack;
    }

    private UUID run(StoredPlan plan) {
        expect(shop.apply(plan) instanceof ApplyOutcome.Started, "the plan was refused");
        expect(shop.liveWorker().turnUntilIdle(LONG), "the worker died");
        return plan.stack();
    }

    private static void expect(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException("Nothing is measured: " + otherwise);
        }
    }

    private static double seconds(Supplier<?> work) {
        long from = System.nanoTime();
        var _ = work.get();
        return (System.nanoTime() - from) / 1e9;
    }

    private static void figure(String name, double[] rounds) {
        var measured = Arrays.copyOfRange(rounds, 1, rounds.length);
        Arrays.sort(measured);
        System.out.printf(Locale.ROOT, "figure %s %.3f s%n", name, measured[measured.length / 2]);
    }
}
