package dev.stackwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.Databases;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.SimulatedDeath;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The process dies before and after every write and after every call to the cloud, in a create, an
 * update in place, an update with a replacement, and a delete; each time another worker goes on,
 * and the cloud holds exactly what it should.
 *
 * <p>A life for each moment takes many minutes, so that only some moments are tried; {@code
 * -Dstackwright.crash.every=1} tries them all.
 */
@NullUnmarked
class StackCrashTest {

    private static final String EVERY = "stackwright.crash.every";

    private Fate fate = Fate.kind();
    private DemoShop place;
    private Map<String, Long> bare;

    @BeforeEach
    void open() {
        place = new DemoShop(call -> fate.moment("after " + call.method() + " " + call.path()));
        bare = place.state();
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    @Test
    void endsRightWhereverItDiesOnH2() {
        diesEverywhere("H2", Databases::h2, 29);
    }

    @Test
    void endsRightWhereverItDiesOnPostgreSql() {
        diesEverywhere("PostgreSQL", Databases::postgres, 83);
    }

    @Test
    void whatIsInsideEndsRightWhereverItDiesOnH2() {
        diesEverywhere("Inside, H2", Databases::h2, 11, this::lifeInside);
    }

    @Test
    void whatIsInsideEndsRightWhereverItDiesOnPostgreSql() {
        diesEverywhere("Inside, PostgreSQL", Databases::postgres, 37, this::lifeInside);
    }

    private interface Life {
        void live(DataSource database, Fate chosen, String as);
    }

    private void diesEverywhere(String name, Supplier<DataSource> databases, int usually) {
        diesEverywhere(name, databases, usually, this::life);
    }

    private void diesEverywhere(
            String name, Supplier<DataSource> databases, int usually, Life life) {
        int every = Math.max(1, Integer.getInteger(EVERY, usually));
        var counting = Fate.kind();
        life.live(databases.get(), counting, "nobody dies");
        int deaths = 0;
        for (int n = 0; n < counting.moments(); n += every) {
            var deadly = Fate.deadlyAt(n);
            life.live(databases.get(), deadly, "death " + n + " of " + counting.moments());
            deaths += deadly.isSpent() ? 1 : 0;
        }
        System.out.printf("%s: %d deaths at %d moments%n", name, deaths, counting.moments());
        assertThat(deaths).isEqualTo((counting.moments() + every - 1) / every);
    }

    private void life(DataSource database, Fate chosen, String as) {
        var shop =
                new Workshop(
                        database, place.clouds, Workshop.vault(), place.token, place.clock, chosen);
        var stack = act(shop, shop.preview(null, "web", Templates.WALK, Map.of()), chosen);
        expect(shop, stack, "CREATE_COMPLETE", as);
        var full = place.state();
        var made = shop.physicalId(stack, "server");

        update(shop, stack, chosen, Map.of("text", "second", "size", "2", "flavor", "m1.small"));
        expect(shop, stack, "UPDATE_COMPLETE", as);
        assertThat(place.state()).as(as).isEqualTo(full);
        assertThat(shop.physicalId(stack, "server")).as(as).isEqualTo(made);

        update(shop, stack, chosen, Map.of("text", "second", "size", "2", "secret", "another"));
        expect(shop, stack, "UPDATE_COMPLETE", as);
        assertThat(place.state()).as(as).isEqualTo(full);
        assertThat(shop.physicalId(stack, "server")).as(as).isNotEqualTo(made);

        act(shop, shop.previewDelete(stack), chosen);
        expect(shop, stack, "DELETE_COMPLETE", as);
        assertThat(place.state()).as(as).isEqualTo(bare);
        assertThat(
                        new JdbcTemplate(database)
                                .queryForObject("select count(*) from credential", Integer.class))
                .as(as)
                .isZero();
        close(database);
    }

    /** A group whose members are templates: made, grown by one in batches, shrunk, deleted. */
    private void lifeInside(DataSource database, Fate chosen, String as) {
        var shop =
                new Workshop(
                        database, place.clouds, Workshop.vault(), place.token, place.clock, chosen);
        var stack = act(shop, inside(shop, null, Map.of()), chosen);
        expect(shop, stack, "CREATE_COMPLETE", as);
        assertThat(place.state().get("network")).as(as).isEqualTo(bare.get("network") + 2);
        assertThat(shop.stacks.inside(shop.viewer, stack)).as(as).hasSize(3);

        act(shop, inside(shop, stack, Map.of("count", "3", "label", "second")), chosen);
        expect(shop, stack, "UPDATE_COMPLETE", as);
        assertThat(place.state().get("network")).as(as).isEqualTo(bare.get("network") + 3);
        assertThat(shop.stacks.inside(shop.viewer, stack)).as(as).hasSize(4);

        act(shop, inside(shop, stack, Map.of("count", "1", "label", "second")), chosen);
        expect(shop, stack, "UPDATE_COMPLETE", as);
        assertThat(place.state().get("network")).as(as).isEqualTo(bare.get("network") + 1);
        assertThat(shop.stacks.inside(shop.viewer, stack)).as(as).hasSize(2);

        act(shop, shop.previewDelete(stack), chosen);
        expect(shop, stack, "DELETE_COMPLETE", as);
        assertThat(place.state()).as(as).isEqualTo(bare);
        assertThat(shop.stacks.inside(shop.viewer, stack)).as(as).isEmpty();
        var rows = new JdbcTemplate(database);
        assertThat(rows.queryForObject("select count(*) from credential", Integer.class))
                .as(as)
                .isZero();
        assertThat(
                        rows.queryForObject(
                                "select count(*) from execution where state <> 'SUCCEEDED'",
                                Integer.class))
                .as(as)
                .isZero();
        close(database);
    }

    private static StoredPlan inside(
            Workshop shop, @Nullable UUID stack, Map<String, String> parameters) {
        return shop.preview(
                new StackForm(
                        stack,
                        "many",
                        Templates.GROUP,
                        "",
                        Map.of("area.yaml", Templates.AREA),
                        parameters,
                        null));
    }

    private void update(Workshop shop, UUID stack, Fate chosen, Map<String, String> parameters) {
        act(shop, shop.preview(stack, "web", Templates.WALK, parameters), chosen);
    }

    private static void expect(Workshop shop, UUID stack, String status, String as) {
        assertThat(shop.find(stack).status())
                .as(as + ": " + shop.find(stack).reason())
                .isEqualTo(status);
    }

    private static void close(DataSource database) {
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
