package dev.stackwright.stack;

import dev.stackwright.MovableClock;
import dev.stackwright.access.Vault;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Token;
import dev.stackwright.execution.ExecutionListener;
import dev.stackwright.execution.Executions;
import dev.stackwright.execution.ExecutionsForTests;
import dev.stackwright.execution.Fate;
import dev.stackwright.execution.HandTurned;
import dev.stackwright.execution.LiveTurned;
import dev.stackwright.execution.MortalStore;
import dev.stackwright.execution.StepHandler;
import dev.stackwright.inventory.CloudObject;
import dev.stackwright.inventory.QuotaLine;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.store.HookStore;
import dev.stackwright.stack.store.SignalStore;
import dev.stackwright.stack.store.StackStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** The stack room on a database and a cloud of a test, as the application has it. */
final class Workshop {

    final List<StackCompleted> completed = new ArrayList<>();
    final List<QuotaLine> quota = new ArrayList<>();
    final List<CloudObject> objects = new ArrayList<>();
    final StackStore store;
    final MortalStore executionStore;
    final Stacks stacks;
    final Signals signals;
    private final SignalStore signalStore;
    private final DataSource database;
    final Viewer viewer;
    private final Executions executions;
    private final Clouds clouds;
    private final Vault vault;
    private final Clock clock;
    private final Token token;

    Workshop(DataSource database, Clouds clouds, Vault vault, Token token, Clock clock, Fate fate) {
        this.database = database;
        var rows = new JdbcTemplate(database);
        var transactions = new JdbcTransactionManager(database);
        var json = JsonMapper.builder().build();
        this.clouds = clouds;
        this.vault = vault;
        this.clock = clock;
        this.token = token;
        this.store =
                new StackStore(
                        rows,
                        transactions,
                        json,
                        secret -> StackRoom.seal(vault, secret),
                        sealed -> StackRoom.open(vault, sealed));
        this.signalStore =
                new SignalStore(
                        rows,
                        json,
                        secret -> StackRoom.seal(vault, secret),
                        sealed -> StackRoom.open(vault, sealed));
        this.executionStore = new MortalStore(database, fate);
        this.executions = ExecutionsForTests.on(executionStore, clock);
        this.stacks = room().stacks(executions, NoInventory.but(quota, objects));
        this.signals = room().signals(executions);
        this.viewer =
                new Viewer(
                        token.cloud(),
                        Objects.requireNonNull(token.project()),
                        token.user(),
                        token.roles(),
                        false);
    }

    static Vault vault() {
        try {
            return Vault.at(Files.createTempDirectory("stackwright-vault-").resolve("keys"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StackRoom room() {
        return new StackRoom(
                store,
                signalStore,
                new HookStore(new JdbcTemplate(database)),
                clouds,
                vault,
                clock,
                TemplateSettings.DEFAULT,
                new StackSettings(
                        Duration.ofMinutes(60), "https://stackwright.example", Duration.ofDays(1)));
    }

    Cloud cloud() {
        return clouds.get(token.cloud());
    }

    Token token() {
        return token;
    }

    HandTurned worker() {
        var room = room();
        return new HandTurned(
                executionStore, handlers(room), listeners(room), (MovableClock) clock, "replica-a");
    }

    LiveTurned liveWorker() {
        var room = room();
        return new LiveTurned(executionStore, handlers(room), listeners(room), clock, "replica-a");
    }

    private List<StepHandler> handlers(StackRoom room) {
        return room.steps(executions);
    }

    private List<ExecutionListener> listeners(StackRoom room) {
        return List.of(
                room.scribe(
                        executions,
                        event -> {
                            if (event instanceof StackCompleted done) {
                                completed.add(done);
                            }
                        }));
    }

    StoredPlan preview(
            @Nullable UUID stack, String name, String template, Map<String, String> parameters) {
        return preview(stack, name, template, parameters, null);
    }

    StoredPlan preview(
            @Nullable UUID stack,
            String name,
            String template,
            Map<String, String> parameters,
            @Nullable Duration timeout) {
        return preview(new StackForm(stack, name, template, "", Map.of(), parameters, timeout));
    }

    StoredPlan preview(StackForm form) {
        var outcome = stacks.preview(viewer, token.userName(), form);
        if (outcome instanceof PreviewOutcome.Planned(var plan)) {
            return plan;
        }
        throw new AssertionError("Not planned: " + outcome);
    }

    StoredPlan previewDelete(UUID stack) {
        var outcome = stacks.previewAsItStands(viewer, token.userName(), stack, StackAction.DELETE);
        if (outcome instanceof PreviewOutcome.Planned(var plan)) {
            return plan;
        }
        throw new AssertionError("Not planned: " + outcome);
    }

    ApplyOutcome apply(StoredPlan plan) {
        return stacks.apply(viewer, token, plan.id());
    }

    StackView find(UUID stack) {
        return store.find(stack).orElseThrow();
    }

    String physicalId(UUID stack, String name) {
        return stacks.resources(viewer, stack).stream()
                .filter(resource -> resource.name().equals(name) && resource.current())
                .map(StackResource::physicalId)
                .findFirst()
                .orElseThrow();
    }
}
