package dev.stackwright.inventory;

import dev.stackwright.inventory.collect.InventorySettings;
import dev.stackwright.inventory.store.CollectorStateStore;
import dev.stackwright.inventory.store.CollectorStore;
import dev.stackwright.inventory.store.ObjectStore;
import dev.stackwright.inventory.store.SearchStore;
import dev.stackwright.inventory.store.ServerStore;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An inventory without Spring, and the cast who look at it. */
public final class TestInventory {

    public static final CloudName NORTH = new CloudName("north-1");
    public static final Viewer ALICE = viewer("shop", "alice", "member");
    public static final Viewer BOB = viewer("shop", "bob", "reader");
    public static final Viewer CHARLIE = viewer("lab", "charlie", "member");
    public static final Viewer ADA =
            new Viewer(NORTH, new ProjectId("admin"), new UserId("ada"), Set.of("admin"), true);
    public static final InventorySettings SETTINGS =
            new InventorySettings(true, Map.of(), Duration.ofMinutes(10), 6, Duration.ofDays(180));

    public final JdbcClient jdbc;
    public final CollectorStore collected;
    public final CollectorStateStore states;
    public final Inventory inventory;
    public final TransactionTemplate transaction;

    public TestInventory(DataSource database, Clock clock) {
        jdbc = JdbcClient.create(database);
        var batches = new JdbcTemplate(database);
        collected = new CollectorStore(jdbc, batches);
        states = new CollectorStateStore(jdbc, batches);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        inventory =
                new StoredInventory(
                        new ServerStore(jdbc),
                        new ObjectStore(jdbc),
                        new SearchStore(jdbc),
                        collected,
                        states,
                        SETTINGS,
                        clock);
    }

    private static Viewer viewer(String project, String user, String role) {
        return new Viewer(NORTH, new ProjectId(project), new UserId(user), Set.of(role), false);
    }
}
