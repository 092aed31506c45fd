package dev.stackwright.rating;

import dev.stackwright.kernel.Viewer;
import dev.stackwright.rating.store.BudgetStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The budgets of projects: each project has one for every month, or none. */
@Service
public class Budgets {

    private final BudgetStore store;
    private final Clock clock;

    public Budgets(BudgetStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public Optional<Budget> of(Viewer viewer) {
        return store.find(viewer);
    }

    public void set(Viewer viewer, BigDecimal amount, String currency, String by) {
        store.put(viewer, new Budget(amount, currency, by, clock.instant()));
    }

    public void remove(Viewer viewer) {
        store.remove(viewer);
    }
}
