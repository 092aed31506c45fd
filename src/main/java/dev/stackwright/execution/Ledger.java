package dev.stackwright.execution;

import dev.stackwright.execution.store.Entry;
import dev.stackwright.execution.store.ExecutionStore;
import dev.stackwright.execution.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;

/**
 * Where an owner writes down what happens in its execution. Steps run side by side and each waits
 * until what it wrote is safe; whoever comes first writes for all that have queued up meanwhile, in
 * one transaction. While the database is away the writers wait: nothing goes on that could not be
 * written down.
 */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ExecutionStore store;
    private final Lease lease;
    private final Duration leaseTime;
    private final Pause pause;
    private final Consumer<List<Entry>> within;
    private final ReentrantLock writing = new ReentrantLock();
    private final List<Ticket> queue = new ArrayList<>();
    private long revision;
    private volatile boolean closed;

    /**
     * @param within told of every batch inside its transaction
     */
    Ledger(
            ExecutionStore store,
            Lease lease,
            Duration leaseTime,
            long revision,
            Pause pause,
            Consumer<List<Entry>> within) {
        this.store = store;
        this.lease = lease;
        this.leaseTime = leaseTime;
        this.revision = revision;
        this.pause = pause;
        this.within = within;
    }

    /** Something to be written, in the order in which it was put in. */
    static final class Ticket {

        private final List<Entry> entries;
        private boolean settled;
        private @Nullable Throwable failure;

        private Ticket(List<Entry> entries) {
            this.entries = entries;
        }
    }

    Ticket put(List<Entry> entries) {
        var ticket = new Ticket(entries);
        synchronized (queue) {
            queue.add(ticket);
        }
        return ticket;
    }

    /** Returns once it is safely written. */
    void await(Ticket ticket) {
        writing.lock();
        try {
            if (!ticket.settled) {
                writeAll();
            }
        } finally {
            writing.unlock();
        }
        switch (ticket.failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(ticket.failure);
        }
    }

    void write(Entry... entries) {
        await(put(List.of(entries)));
    }

    /** Writers that wait for the database give up. */
    void close() {
        closed = true;
    }

    private void writeAll() {
        List<Ticket> tickets;
        synchronized (queue) {
            tickets = List.copyOf(queue);
            queue.clear();
        }
        var entries = tickets.stream().flatMap(ticket -> ticket.entries.stream()).toList();
        Throwable failure = null;
        try {
            record(entries);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        for (var ticket : tickets) {
            ticket.failure = failure;
            ticket.settled = true;
        }
    }

    private void record(List<Entry> entries) {
        for (int failures = 0; ; failures++) {
            try {
                if (failures == 0 || !store.isRecorded(lease, revision)) {
                    store.record(lease, revision, leaseTime, entries, () -> within.accept(entries));
                }
                revision++;
                if (failures > 0) {
                    LOG.info("The database is back; execution {} goes on", lease.execution());
                }
                return;
            } catch (RuntimeException e) {
                if (!isAway(e) || closed) {
                    throw e;
                }
                if (failures == 0) {
                    LOG.warn(
                            "The database does not answer; execution {} pauses until it does: {}",
                            lease.execution(),
                            e.getMessage());
                }
                pause.pause(shorter(Duration.ofMillis(100L << Math.min(failures, 10))));
            }
        }
    }

    private static Duration shorter(Duration wish) {
        return wish.compareTo(LONGEST_PAUSE) < 0 ? wish : LONGEST_PAUSE;
    }

    /** Whether the database may say yes later: anything but a fault of ours. */
    static boolean isAway(RuntimeException e) {
        return (e instanceof org.springframework.dao.DataAccessException
                        || e instanceof org.springframework.transaction.TransactionException)
                && !(e instanceof DataIntegrityViolationException)
                && !(e instanceof InvalidDataAccessApiUsageException)
                && !(e instanceof InvalidDataAccessResourceUsageException);
    }
}
