package dev.stackwright.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore;
import dev.stackwright.execution.store.Lease;
import dev.stackwright.execution.store.LeaseLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@NullUnmarked
@ParameterizedClass
@EnumSource
class WorkerTest {

    enum Database {
        H2,
        POSTGRESQL
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameter Database kind;

    private final MovableClock clock = MovableClock.at("2026-11-20T10:00:00Z");
    private final World world = new World();
    private DataSource database;
    private MortalStore store;

    @BeforeEach
    void open() {
        database = kind == Database.H2 ? Databases.h2() : Databases.postgres();
        store = new MortalStore(database, Fate.kind());
    }

    @Test
    void performsStepsInTheirOrderAndTellsTheResults() {
        var id = start("server -> port -> net", "volume");

        worker("a").turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.order).containsSubsequence("net", "port", "server").contains("volume");
        assertThat(find(id).steps()).allMatch(step -> step.state() == StepState.DONE);
        assertThat(find(id).steps().getFirst().result().path("id").asString())
                .isEqualTo("id of server");
    }

    @Test
    void stopsBelowAFailureFinishesTheRestAndNamesTheFirstCause() {
        world.refuses.put("port", "No more addresses");
        var id = start("server -> port -> net", "volume", "tidy! -> server");

        worker("a").turnUntilIdle();

        var view = find(id);
        assertThat(view.state()).isEqualTo(ExecutionState.FAILED);
        assertThat(view.failure()).isEqualTo("No more addresses");
        assertThat(states(view))
                .containsEntry("server", StepState.SKIPPED)
                .containsEntry("volume", StepState.DONE)
                .containsEntry("tidy", StepState.DONE);
    }

    @Test
    void triesAgainWhatFailsInPassingAndGivesUpWhenPatienceEnds() {
        world.flaky.put("net", 5);
        var fine = start("net");
        worker("a").turnUntilIdle();
        assertThat(find(fine).state()).isEqualTo(ExecutionState.SUCCEEDED);

        world.flaky.put("lost", 1_000_000);
        var lost = start("lost");
        worker("b").turnUntilIdle();
        assertThat(find(lost).failure()).isEqualTo("Not now");
        assertThat(clock.instant()).isAfter("2026-11-20T10:10:00Z");
    }

    @Test
    void givesTheThreadBackWhileItWaits() {
        world.slow.put("server", 3);
        var id = start("server");
        var worker = worker("a");

        worker.turn();
        assertThat(states(find(id))).containsEntry("server", StepState.WAITING);
        assertThat(find(id).steps().getFirst().note()).isEqualTo("BUILD");
        worker.turn();
        assertThat(world.looks).isEqualTo(1);

        worker.turnUntilIdle();
        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("server");
    }

    @Test
    void cancelsWhatWaitsAndBeginsNothingMoreButTidies() {
        world.slow.put("server", 1000);
        var id = start("attachment -> server", "tidy! -> attachment");
        var worker = worker("a");
        worker.turn();

        store.requestCancel(id);
        worker.turnUntilIdle();

        var view = find(id);
        assertThat(view.state()).isEqualTo(ExecutionState.CANCELLED);
        assertThat(states(view))
                .containsEntry("server", StepState.CANCELLED)
                .containsEntry("attachment", StepState.SKIPPED)
                .containsEntry("tidy", StepState.DONE);
    }

    @Test
    void givesUpAtTheDeadline() {
        world.slow.put("server", 100_000);
        var id = start("server");

        worker("a").turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.CANCELLED);
        assertThat(find(id).failure()).isEqualTo("Timed out");
    }

    @Test
    void anotherReplicaTakesOverOnceTheLeaseHasRunOutAndTheFirstIsLockedOut() {
        world.slow.put("server", 3);
        var id = start("attachment -> server");
        var first = worker("a");
        first.turn();

        var second = worker("b");
        second.turn();
        assertThat(second.owns()).isZero();

        expireLeases();
        second.turn();
        assertThat(second.owns()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(1));
        first.turn();
        assertThat(first.owns()).isZero();
        second.turnUntilIdle();
        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("server", "attachment");
    }

    @Test
    void aWriteUnderAnOldFenceIsRefused() {
        var id = start("net");
        var old = store.claim("a", Set.of(), Duration.ofSeconds(30), 10).getFirst();
        expireLeases();
        store.claim("b", Set.of(), Duration.ofSeconds(30), 10);

        assertThatThrownBy(() ->
                        store.record(
                                old,
                                0,
                                Duration.ofSeconds(30),
                                Entry.of(new Entry.Begun("net", 1, clock.instant())),
                                () -> {}))
                .isInstanceOf(LeaseLost.class);
        assertThat(find(id).steps().getFirst().attempt()).isZero();
    }

    @Test
    void aCleanShutdownHandsTheWorkOverAtOnce() {
        world.slow.put("server", 3);
        var id = start("server");
        var first = worker("a");
        first.turn();

        first.stop();
        worker("b").turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("server");
    }

    @Test
    void aShutdownWithoutADatabaseAsksItOnce() {
        var outage = new OutageStore(database);
        var worker = new HandTurned(outage, List.of(world), List.of(world), clock, "a");
        world.slow.put("server", 100);
        start("server");
        start("server");
        start("server");
        worker.turn();
        assertThat(worker.owns()).isEqualTo(3);
        outage.away = true;

        worker.stop();

        assertThat(outage.releases).isEqualTo(1);
        assertThat(worker.owns()).isZero();
    }

    @Test
    void diesAtEveryMomentAndEndsRightWithNothingLeakedOrDoubled() {
        var counting = Fate.kind();
        live(counting, new World());

        for (int n = 0; n < counting.moments(); n++) {
            var world = new World();
            var fate = Fate.deadlyAt(n);
            var id = live(fate, world);

            assertThat(fate.isSpent()).isTrue();
            assertThat(find(id).state()).as("death %d", n).isEqualTo(ExecutionState.SUCCEEDED);
            assertThat(world.made)
                    .as("death %d", n)
                    .containsExactlyInAnyOrder("net", "port", "volume", "server", "attachment");
            assertThat(world.heard).as("death %d", n).isEqualTo(1);
        }
        assertThat(counting.moments()).isGreaterThan(40);
    }

    private ExecutionId live(Fate fate, World world) {
        world.fate = fate;
        world.slow.put("server", 2);
        var mortal = new MortalStore(database, fate);
        var id = start("attachment -> server -> port -> net", "attachment -> volume");
        try {
            new HandTurned(mortal, List.of(world), List.of(world), clock, "a").turnUntilIdle();
        } catch (SimulatedDeath death) {
            new HandTurned(mortal, List.of(world), List.of(world), clock, "a").turnUntilIdle();
        }
        return id;
    }

    @Test
    void pausesWhileTheDatabaseIsAwayAndGoesOn() {
        var outage = new OutageStore(database);
        var id = start("server -> net");
        var pauses = new ArrayList<Duration>();
        var worker =
                new HandTurned(
                        outage,
                        List.of(world),
                        List.of(world),
                        clock,
                        "a",
                        pause -> {
                            pauses.add(pause);
                            clock.advance(pause);
                            outage.away = pauses.size() < 150;
                        });
        world.before.put("net", () -> outage.away = true);

        worker.turnUntilIdle();

        assertThat(pauses).hasSizeGreaterThanOrEqualTo(150);
        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("net", "server");
    }

    @Test
    void aStepThatCannotReadTheDatabaseLooksAgainAndDoesNotFail() {
        var away = new int[] {3};
        world.before.put(
                "net",
                () -> {
                    if (away[0]-- > 0) {
                        throw new DataAccessResourceFailureException("no database");
                    }
                });
        var id = start("server -> net");

        worker("a").turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("net", "server");
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotWrittenTwice() {
        var outage = new OutageStore(database);
        outage.losesAnswers = true;
        var id = start("server -> net");

        new HandTurned(outage, List.of(world), List.of(world), clock, "a", _ -> {}).turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(world.made).containsExactly("net", "server");
        assertThat(world.heard).isEqualTo(1);
        assertThat(
                        new JdbcTemplate(database)
                                .queryForObject("select count(*) from journal", Integer.class))
                .isEqualTo(4);
    }

    @Test
    void aStepThatKeepsKillingTheProcessIsGivenUp() {
        var id = start("server");
        world.before.put(
                "server",
                () -> {
                    throw new SimulatedDeath("again");
                });
        for (int i = 0; i < ExecutionSettings.defaults().crashes(); i++) {
            assertThatThrownBy(() -> worker("a").turn()).isInstanceOf(SimulatedDeath.class);
        }
        worker("a").turnUntilIdle();

        assertThat(find(id).state()).isEqualTo(ExecutionState.FAILED);
        assertThat(find(id).failure()).contains("20 times");
    }

    @Test
    void manyStepsShareTheirCommits() throws Exception {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            lines.add("s" + i);
        }
        var id = start(lines.toArray(String[]::new));
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var worker =
                    new Worker(
                            store,
                            List.of(world),
                            List.of(world),
                            clock,
                            ExecutionSettings.defaults(),
                            "a",
                            threads,
                            Pause.sleeping(),
                            () -> {});
            worker.turn();
            org.awaitility.Awaitility.await().until(() -> worker.owns() == 0);
        }
        assertThat(find(id).state()).isEqualTo(ExecutionState.SUCCEEDED);
        assertThat(find(id).revision()).isLessThan(500);
    }

    private ExecutionId start(String... lines) {
        var after = new java.util.LinkedHashMap<String, Set<String>>();
        for (var line : lines) {
            var names = line.split(" -> ");
            for (int i = 0; i < names.length; i++) {
                var earlier = after.computeIfAbsent(names[i], _ -> new java.util.LinkedHashSet<>());
                if (i + 1 < names.length) {
                    earlier.add(names[i + 1]);
                }
            }
        }
        var steps =
                after.entrySet().stream()
                        .map(e ->
                                new StepSpec(
                                        e.getKey().replace("!", ""),
                                        "make",
                                        JSON.createObjectNode(),
                                        e.getValue(),
                                        e.getKey().endsWith("!")))
                        .toList();
        var request =
                new ExecutionRequest(
                        ExecutionId.random(),
                        "test",
                        "subject",
                        steps,
                        clock.instant().plus(Duration.ofHours(1)));
        return new DurableExecutions(store, clock, () -> {}).start(request);
    }

    private HandTurned worker(String name) {
        return new HandTurned(store, List.of(world), List.of(world), clock, name);
    }

    private ExecutionView find(ExecutionId id) {
        return store.find(id).orElseThrow();
    }

    private static Map<String, StepState> states(ExecutionView view) {
        var states = new HashMap<String, StepState>();
        view.steps().forEach(step -> states.put(step.name(), step.state()));
        return states;
    }

    private void expireLeases() {
        new JdbcTemplate(database)
                .update(
                        "update execution set lease_until = current_timestamp - interval '1'"
                                + " second");
    }

    /** A world in which things can be made, once each if all goes well. */
    private static final class World implements StepHandler, ExecutionListener {

        final List<String> made = new ArrayList<>();
        final List<String> order = new ArrayList<>();
        final Map<String, String> refuses = new HashMap<>();
        final Map<String, Integer> flaky = new HashMap<>();
        final Map<String, Integer> slow = new HashMap<>();
        final Map<String, Runnable> before = new HashMap<>();
        Fate fate = Fate.kind();
        int looks;
        int heard;

        @Override
        public String name() {
            return "make";
        }

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public StepOutcome perform(StepContext step) {
            synchronized (this) {
                before.getOrDefault(step.step(), () -> {}).run();
                if (refuses.containsKey(step.step())) {
                    return new StepOutcome.Failed(refuses.get(step.step()), true);
                }
                if (flaky.merge(step.step(), -1, Integer::sum) >= 0) {
                    return new StepOutcome.Failed("Not now", false);
                }
            }
            if (step.kept().isEmpty()) {
                make(step);
            }
            synchronized (this) {
                if (slow.containsKey(step.step())
                        && slow.merge(step.step(), -1, Integer::sum) > 0) {
                    looks++;
                    return new StepOutcome.Waiting(Duration.ofSeconds(2), "BUILD");
                }
                order.add(step.step());
            }
            return new StepOutcome.Done(step.kept());
        }

        private void make(StepContext step) {
            if (step.unsure("make") && made.contains(step.step())) {
                step.settle("make", "found", id(step));
                return;
            }
            step.journaled(
                    "make",
                    "making " + step.step(),
                    () -> {
                        fate.moment("before making " + step.step());
                        synchronized (this) {
                            made.add(step.step());
                        }
                        fate.moment("after making " + step.step());
                        return step.step();
                    },
                    _ -> id(step));
        }

        private static ObjectNode id(StepContext step) {
            return JSON.createObjectNode().put("id", "id of " + step.step());
        }

        @Override
        public void changed(List<StepChanged> changes) {}

        @Override
        public void finished(ExecutionFinished finished) {
            heard++;
        }
    }

    /** A database that goes away, or that does what it is told and forgets to say so. */
    private static final class OutageStore extends ExecutionStore {

        boolean away;
        boolean losesAnswers;
        int releases;

        OutageStore(DataSource database) {
            super(
                    new JdbcTemplate(database),
                    new org.springframework.jdbc.support.JdbcTransactionManager(database),
                    JSON);
        }

        @Override
        public boolean isRecorded(Lease held, long revision) {
            refuseWhenAway();
            return super.isRecorded(held, revision);
        }

        @Override
        public void record(
                Lease held, long revision, Duration lease, List<Entry> entries, Runnable within) {
            refuseWhenAway();
            super.record(held, revision, lease, entries, within);
            if (losesAnswers) {
                throw new DataAccessResourceFailureException("the connection broke");
            }
        }

        @Override
        public void release(Lease held) {
            releases++;
            refuseWhenAway();
            super.release(held);
        }

        private void refuseWhenAway() {
            if (away) {
                throw new DataAccessResourceFailureException("no database");
            }
        }
    }
}
