package dev.stackwright.execution;

import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore;
import dev.stackwright.execution.store.Lease;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** A store before and after whose every write the process may die. */
public final class MortalStore extends ExecutionStore {

    private final Fate fate;

    public MortalStore(DataSource database, Fate fate) {
        super(
                new JdbcTemplate(database),
                new JdbcTransactionManager(database),
                JsonMapper.builder().build());
        this.fate = fate;
    }

    @Override
    public List<Lease> claim(
            String owner, java.util.Collection<ExecutionId> held, Duration lease, int limit) {
        var claimed = super.claim(owner, held, lease, limit);
        if (!claimed.isEmpty()) {
            fate.moment("after a claim");
        }
        return claimed;
    }

    @Override
    public void record(
            Lease held, long revision, Duration lease, List<Entry> entries, Runnable within) {
        fate.moment("before writing " + entries);
        super.record(held, revision, lease, entries, within);
        fate.moment("after writing " + entries);
    }
}
