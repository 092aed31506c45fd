package dev.stackwright.operations;

import dev.stackwright.execution.ExecutionId;
import dev.stackwright.execution.ExecutionRequest;
import dev.stackwright.execution.Executions;
import dev.stackwright.inventory.Inventory;
import dev.stackwright.inventory.ServerRow;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.operations.ClearanceMove.Phase;
import dev.stackwright.operations.ClearanceMove.Wish;
import dev.stackwright.operations.clearing.ClearingPlan;
import dev.stackwright.operations.clearing.ClearingPlanner;
import dev.stackwright.operations.clearing.Move;
import dev.stackwright.operations.clearing.Way;
import dev.stackwright.operations.store.ClearanceStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hosts that are emptied: the plan, its start, and what can be asked for while it runs. */
@Component
public class Clearances {

    private final HostFacts hosts;
    private final Inventory inventory;
    private final ClearanceStore store;
    private final Executions executions;
    private final Clock clock;

    Clearances(
            HostFacts hosts,
            Inventory inventory,
            ClearanceStore store,
            Executions executions,
            Clock clock) {
        this.hosts = hosts;
        this.inventory = inventory;
        this.store = store;
        this.executions = executions;
        this.clock = clock;
    }

    /** What would be done; nothing happens. */
    public ClearingPlan plan(Viewer viewer, String host, Clearance.Kind kind) {
        var planner = new ClearingPlanner(hosts.scene(viewer, host));
        return kind == Clearance.Kind.DRAIN ? planner.drain(host) : planner.recover(host);
    }

    /** The one that is not over, or whose host was not opened again yet. */
    public Optional<Clearance> current(Viewer viewer, String hostId) {
        return viewer.admin()
                ? store.latest(viewer.cloud(), hostId)
                        .filter(each -> each.state() != Clearance.State.RETURNED)
                : Optional.empty();
    }

    public Optional<Clearance> find(Viewer viewer, UUID id) {
        return viewer.admin()
                ? store.find(id).filter(each -> each.cloud().equals(viewer.cloud()))
                : Optional.empty();
    }

    public List<ClearanceMove> moves(Clearance clearance) {
        return store.moves(clearance.id());
    }

    /**
     * What somebody decided.
     *
     * @param fencing how it was made sure that a dead host stays dead
     */
    public record Wanted(
            Clearance.Kind kind,
            String reason,
            @Nullable String fencing,
            int parallel,
            String userName) {}

    /** Carries out a plan. The caller has seen to it that the plan is the one that was shown. */
    @Transactional
    public Clearance start(Viewer viewer, HostView host, ClearingPlan plan, Wanted wanted) {
        var execution = ExecutionId.random();
        var now = clock.instant();
        var clearance =
                new Clearance(
                        UUID.randomUUID(),
                        viewer.cloud(),
                        host.id(),
                        host.name(),
                        wanted.kind(),
                        Clearance.State.RUNNING,
                        wanted.reason(),
                        wanted.fencing(),
                        viewer.user().value(),
                        wanted.userName(),
                        wanted.parallel(),
                        false,
                        false,
                        null,
                        now,
                        null,
                        null);
        store.insert(clearance);
        var moves = new ArrayList<ClearanceMove>();
        for (var move : plan.leaving()) {
            moves.add(out(clearance, move, moves.size(), execution.value()));
        }
        store.insert(moves);
        var staying = new ArrayList<ClearanceMove>();
        for (var move : plan.going(Way.STAYS)) {
            staying.add(
                    out(clearance, move, moves.size() + staying.size(), execution.value())
                            .in(ClearanceMove.State.LEFT));
        }
        store.insert(staying);
        run(clearance, execution, ClearanceSteps.out(moves));
        return clearance;
    }

    private void run(
            Clearance clearance,
            ExecutionId execution,
            List<dev.stackwright.execution.StepSpec> steps) {
        executions.start(
                new ExecutionRequest(
                        execution, ClearanceSteps.KIND, clearance.id().toString(), steps, null));
    }

    private static ClearanceMove out(Clearance clearance, Move move, int ordinal, UUID execution) {
        var guest = move.guest();
        return new ClearanceMove(
                clearance.id(),
                Phase.OUT,
                guest.id(),
                ordinal,
                guest.name(),
                guest.project(),
                move.way(),
                guest.host(),
                move.target(),
                guest.status(),
                ClearanceMove.State.WAITING,
                null,
                execution,
                null,
                null,
                null,
                null);
    }

    /** What is not moving yet waits. */
    public void pause(Clearance clearance, boolean paused) {
        store.pause(clearance.id(), paused);
    }

    /** What is moving arrives; the rest stays where it is. */
    public void stop(Clearance clearance) {
        store.stop(clearance.id(), null);
    }

    /** One of them stays: its migration is stopped, or not begun. */
    public boolean leave(Clearance clearance, Phase phase, String server) {
        return store.wish(clearance.id(), phase, server, Wish.ABORT);
    }

    /** Those that did not work or were left are tried once more; answers how many. */
    @Transactional
    public int again(Clearance clearance, @Nullable String server) {
        if (clearance.state() == Clearance.State.RETURNING
                || clearance.state() == Clearance.State.RETURNED) {
            return 0;
        }
        var execution = ExecutionId.random();
        var moves =
                store.moves(clearance.id()).stream()
                        .filter(move -> move.phase() == Phase.OUT)
                        .filter(move -> server == null || move.server().equals(server))
                        .filter(move -> store.again(move, execution.value()))
                        .toList();
        if (!moves.isEmpty()
                && store.take(clearance.id(), Clearance.State.RUNNING, clearance.parallel())) {
            run(clearance, execution, ClearanceSteps.out(moves));
        }
        return moves.size();
    }

    /** One that could come back. */
    public record Homecomer(ClearanceMove move, ServerRow row) {}

    /** What was moved away and still is where it was moved to. */
    public List<Homecomer> homecomers(Viewer viewer, Clearance clearance) {
        var moved = new HashMap<String, ClearanceMove>();
        store.moves(clearance.id()).stream()
                .filter(move ->
                        move.phase() == Phase.OUT && move.state() == ClearanceMove.State.MOVED)
                .forEach(move -> moved.put(move.server(), move));
        var rows = new HashMap<String, ServerRow>();
        var byProject = new HashMap<String, List<String>>();
        moved.values()
                .forEach(move ->
                        byProject
                                .computeIfAbsent(move.project(), _ -> new ArrayList<>())
                                .add(move.server()));
        byProject.forEach((project, ids) ->
                inventory
                        .servers(HostFacts.inside(viewer, project), ids)
                        .forEach(row -> rows.put(row.id(), row)));
        var home = new ArrayList<Homecomer>();
        for (var move : moved.values()) {
            var row = rows.get(move.server());
            if (row != null
                    && row.task() == null
                    && row.host() != null
                    && !clearance.host().equals(row.host())) {
                home.add(new Homecomer(move, row));
            }
        }
        home.sort(Comparator.comparingInt(each -> each.move().ordinal()));
        return home;
    }

    /** Opens the host and brings these back; false when somebody did so already. */
    @Transactional
    public boolean bringBack(
            Viewer viewer, Clearance clearance, Set<String> servers, int parallel) {
        if (!store.take(clearance.id(), Clearance.State.RETURNING, parallel)) {
            return false;
        }
        var execution = ExecutionId.random();
        var moves = new ArrayList<ClearanceMove>();
        for (var homecomer : homecomers(viewer, clearance)) {
            var row = homecomer.row();
            if (servers.contains(row.id())) {
                moves.add(
                        new ClearanceMove(
                                clearance.id(),
                                Phase.BACK,
                                row.id(),
                                moves.size(),
                                row.name(),
                                row.project().value(),
                                row.status().equals("SHUTOFF") || homecomer.move().way() == Way.COLD
                                        ? Way.COLD
                                        : Way.LIVE,
                                String.valueOf(row.host()),
                                clearance.host(),
                                row.status(),
                                ClearanceMove.State.WAITING,
                                null,
                                execution.value(),
                                null,
                                null,
                                null,
                                null));
            }
        }
        store.insert(moves);
        run(clearance, execution, ClearanceSteps.back(moves));
        return true;
    }

    /** How each state is counted. */
    public static Map<ClearanceMove.State, Long> counts(List<ClearanceMove> moves, Phase phase) {
        var counts = new HashMap<ClearanceMove.State, Long>();
        moves.stream()
                .filter(move -> move.phase() == phase)
                .forEach(move -> counts.merge(move.state(), 1L, Long::sum));
        return counts;
    }
}
