package dev.stackwright.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stackwright.Databases;
import dev.stackwright.MovableClock;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.metering.Interval;
import dev.stackwright.metering.Ledger;
import dev.stackwright.metering.Period;
import dev.stackwright.metering.ResourceKind;
import dev.stackwright.metering.Size;
import dev.stackwright.metering.UsageSource;
import dev.stackwright.rating.hashmap.Rule;
import dev.stackwright.rating.store.PriceStore;
import dev.stackwright.rating.store.StatementStore;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class StatementsTest {

    private static final CloudName NORTH = new CloudName("north");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final YearMonth SEPTEMBER = YearMonth.of(2026, 9);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Viewer ALICE = viewer("shop", false);
    private static final Viewer ADA = viewer("admin", true);

    enum Kind {
        H2,
        POSTGRES
    }

    /** What was metered, in a list that a test may change. */
    private static final class Metered implements UsageSource {

        private final List<Interval> intervals = new ArrayList<>();

        @Override
        public Ledger ledger(Viewer viewer, Period whole, Collection<Instant> cuts) {
            return Ledger.of(
                    whole,
                    intervals.stream()
                            .filter(interval -> interval.project().equals(viewer.project()))
                            .toList(),
                    List.of());
        }

        @Override
        public Ledger ledgerOfCloud(Viewer viewer, Period whole, Collection<Instant> cuts) {
            return Ledger.of(whole, intervals, List.of());
        }
    }

    private final Metered metered = new Metered();

    private Statements statements(Kind kind) {
        var jdbc = JdbcClient.create(kind == Kind.H2 ? Databases.h2() : Databases.postgres());
        var clock = new MovableClock(NOW);
        var books = new PriceBooks(new PriceStore(jdbc), clock);
        var draft = books.draft(NORTH, "ada");
        books.change(
                NORTH,
                1,
                draft.revision(),
                "EUR",
                "",
                List.of(Rule.flat("instance", "0.01")),
                "ada");
        books.publish(NORTH, 1, 2, Instant.parse("2026-08-01T00:00:00Z"), "ada");
        return new Statements(
                new StoredRating(books, metered, clock),
                books,
                metered,
                new StatementStore(jdbc),
                clock);
    }

    @ParameterizedTest
    @EnumSource
    void aClosedMonthStaysAsItWasAndClosingItAgainDoesNothing(Kind kind) {
        var statements = statements(kind);
        life("web", "2026-09-11T00:00:00Z", "2026-09-21T00:00:00Z");

        assertThat(statements.of(ALICE, SEPTEMBER).orElseThrow().isClosed()).isFalse();
        assertThat(statements.close(ADA, SEPTEMBER, "ada")).isEqualTo(1);
        metered.intervals.clear();
        assertThat(statements.close(ADA, SEPTEMBER, "ada")).isZero();

        var closed = statements.of(ALICE, SEPTEMBER).orElseThrow();
        assertThat(closed.isClosed()).isTrue();
        assertThat(closed.total()).isEqualByComparingTo("2.40");
        assertThat(statements.isClosed(ADA, SEPTEMBER)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatComesLateIsACorrectionOnTheNextStatementOnce(Kind kind) {
        var statements = statements(kind);
        life("web", "2026-09-11T00:00:00Z", "2026-09-21T00:00:00Z");
        statements.close(ADA, SEPTEMBER, "ada");
        // It had been deleted a day earlier, and another one was never heard of.
        metered.intervals.clear();
        life("web", "2026-09-11T00:00:00Z", "2026-09-20T00:00:00Z");
        life("late", "2026-09-30T00:00:00Z", "2026-10-02T00:00:00Z");

        statements.close(ADA, OCTOBER, "ada");
        var october = statements.of(ALICE, OCTOBER).orElseThrow();

        assertThat(october.corrections())
                .extracting(
                        Statement.Line::resource,
                        Statement.Line::about,
                        line -> line.amount().toPlainString())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("web", SEPTEMBER, "-0.24"),
                        org.assertj.core.groups.Tuple.tuple("late", SEPTEMBER, "0.24"));
        assertThat(october.total()).isEqualByComparingTo("0.24");
        // Credited once: November's statement has nothing to add.
        assertThat(statements.of(ALICE, YearMonth.of(2026, 11)).orElseThrow().corrections())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyAnAdministratorClosesAndOnlyWhatIsOver(Kind kind) {
        var statements = statements(kind);

        assertThatThrownBy(() -> statements.close(ALICE, SEPTEMBER, "alice"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statements.close(ADA, YearMonth.of(2026, 11), "ada"))
                .hasMessageContaining("not over");
        assertThat(statements.months(ALICE)).hasSize(4).endsWith(YearMonth.of(2026, 8));
        assertThat(statements.of(ALICE, YearMonth.of(2026, 7))).isEmpty();
    }

    private void life(String id, String from, @Nullable String to) {
        metered.intervals.add(
                new Interval(
                        NORTH,
                        new ProjectId("shop"),
                        id,
                        ResourceKind.INSTANCE,
                        Instant.parse(from),
                        to == null ? null : Instant.parse(to),
                        "active",
                        Size.instance(1, 2048, 20),
                        false));
    }

    private static Viewer viewer(String project, boolean admin) {
        return new Viewer(
                NORTH,
                new ProjectId(project),
                new UserId(project),
                Set.of(admin ? "admin" : "member"),
                admin);
    }
}
