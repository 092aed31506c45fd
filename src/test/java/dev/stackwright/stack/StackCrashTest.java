package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.cloud.CallObserver;
import dev.stackwright.cloud.CloudDefinition;
import dev.stackwright.cloud.CloudSettings;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.cloud.TestClouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoOptions;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.SimulatedDeath;
import dev.stackwright.kernel.CloudName;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The process dies before and after every write and after every call to the cloud, in a create, an
 * update with a replacement, and a delete; each time another worker goes on, and the cloud holds
 * exactly what it should.
 */
@NullUnmarked
class StackCrashTest {

    private final MovableClock clock = MovableClock.at("2026-11-22T12:00:00Z");
    private DemoCloud demo;
    private Clouds clouds;
    private Token token;
    private Fate fate = Fate.kind();
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        demo = new DemoCloud(DemoOptions.bare(), clock);
        CallObserver watcher = call -> fate.moment("after " + call.method() + " " + call.path());
        clouds =
                TestClouds.open(
                        CloudDefinition.at(new CloudName("demo"), demo.authUrl()),
                        CloudSettings.STANDARD,
                        clock,
                        watcher);
        token =
                clouds.all()
                        .getFirst()
                        .authenticate(
                                new Credentials.Password(
                                        "alice",
                                        Credentials.Domain.named("Default"),
                                        DemoCloud.PASSWORD),
                                Scope.projectNamed(
                                        "shop", Credentials.Domain.named("Default")));
        // Neutron makes a project's default group when somebody first looks.
        clouds.all()
                .getFirst()
                .as(
                        token,
                        os ->
                                os.list(
                                        Request.get(Service.NETWORK, "/security-groups"),
                                        "security_groups"));
        bare = state();
    }

    @AfterEach
    void close() throws Exception {
        clouds.close();
        demo.close();
    }

    private Map<String, Long> state() {
        demo.advance();
        return new TreeMap<>(demo.state());
    }

    @Test
    void endsRightWhereverItDiesOnH2() {
        diesEverywhere(true, 25);
    }

    @Test
    void endsRightWhereverItDiesOnPostgreSql() {
        diesEverywhere(false, 80);
    }

    private void diesEverywhere(boolean h2, int every) {
        var counting = Fate.kind();
        life(h2, counting, "counting");
        int deaths = 0;
        for (int n = 0; n < counting.moments(); n += every) {
            var deadly = Fate.deadlyAt(n);
            life(h2, deadly, "death " + n + " of " + counting.moments());
            deaths += deadly.isSpent() ? 1 : 0;
        }
        System.out.printf(
                "Died %d times at %d moments on %s%n",
                deaths, counting.moments(), h2 ? "H2" : "PostgreSQL");
        assertThat(deaths).isGreaterThan(counting.moments() / every - 5);
    }

    private void life(boolean h2, Fate chosen, String as) {
        fate = Fate.kind();
        DataSource database = h2 ? Databases.h2() : Databases.postgres();
        var shop = new Workshop(database, clouds, Workshop.vault(), token, clock, chosen);
        var stack = act(shop, shop.preview(null, "web", Templates.WALK, Map.of()), chosen);
        assertThat(shop.find(stack).status())
                .as(as + ": " + shop.find(stack).reason())
                .isEqualTo("CREATE_COMPLETE");
        var full = state();

        act(
                shop,
                shop.preview(
                        stack,
                        "web",
                        Templates.WALK,
                        Map.of("text", "second", "size", "2", "secret", "another")),
                chosen);
        assertThat(shop.find(stack).status())
                .as(as + ": " + shop.find(stack).reason())
                .isEqualTo("UPDATE_COMPLETE");
        assertThat(state()).as(as).isEqualTo(full);

        act(shop, shop.previewDelete(stack), chosen);
        assertThat(shop.find(stack).status())
                .as(as + ": " + shop.find(stack).reason())
                .isEqualTo("DELETE_COMPLETE");
        assertThat(state()).as(as).isEqualTo(bare);
        assertThat(
                        new JdbcTemplate(database)
                                .queryForObject("select count(*) from credential", Integer.class))
                .isZero();
        if (database instanceof AutoCloseable pool) {
            try {
                pool.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private UUID act(Workshop shop, StoredPlan plan, Fate chosen) {
        var started = shop.apply(plan);
        assertThat(started).isInstanceOf(ApplyOutcome.Started.class);
        try {
            fate = chosen;
            shop.worker().turnUntilIdle();
        } catch (SimulatedDeath death) {
            shop.worker().turnUntilIdle();
        } finally {
            fate = Fate.kind();
        }
        return ((ApplyOutcome.Started) started).stack();
    }
}
