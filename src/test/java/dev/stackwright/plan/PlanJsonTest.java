package dev.stackwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.catalog.Replacing;
import dev.stackwright.kernel.Diagnostic;
import dev.stackwright.kernel.Diagnostics;
import dev.stackwright.kernel.Severity;
import dev.stackwright.kernel.TextRange;
import dev.stackwright.kernel.Value;
import dev.stackwright.template.DeletionPolicy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanJsonTest {

    private static final Plan PLAN =
            new Plan(
                    PlanKind.UPDATE_STACK,
                    "shop \"1\"",
                    7,
                    List.of(
                            new Change(
                                    "web",
                                    "OS::Nova::Server",
                                    "Server",
                                    "server",
                                    Action.REPLACE,
                                    Set.of(Reason.TEMPLATE),
                                    List.of(
                                            new PropertyChange(
                                                    "networks[0].port",
                                                    Value.of("p-1"),
                                                    new Value.Unknown("port"),
                                                    true,
                                                    false,
                                                    Reason.follows("port")),
                                            new PropertyChange(
                                                    "metadata",
                                                    null,
                                                    new Value.Entries(
                                                            Map.of(
                                                                    "$unknown",
                                                                    Value.list(
                                                                            Value.NULL,
                                                                            Value.of(true),
                                                                            new Value.Num(
                                                                                    new BigDecimal(
                                                                                            "1.50"))))),
                                                    false,
                                                    false,
                                                    Reason.parameter("m")),
                                            new PropertyChange(
                                                    "description",
                                                    Value.NULL,
                                                    Value.of("text"),
                                                    false,
                                                    false,
                                                    Reason.TEMPLATE),
                                            new PropertyChange(
                                                    "admin_pass",
                                                    Value.of("old secret"),
                                                    Value.of("new secret"),
                                                    false,
                                                    true,
                                                    Reason.TEMPLATE)),
                                    Set.of("port", "net"),
                                    Set.of("port"),
                                    List.of("networks[0].port"),
                                    null,
                                    Replacing.Order.CREATE_FIRST,
                                    List.of("everything"),
                                    List.of(),
                                    List.of("name"),
                                    List.of("port"),
                                    "id-1",
                                    DeletionPolicy.SNAPSHOT)),
                    List.of(new PlanStep("create web", "web", PlanStep.Operation.CREATE, Set.of())),
                    List.of(new QuotaEffect(Quota.RAM, 0, 4096, true)),
                    new Diagnostics(
                            List.of(
                                    new Diagnostic(
                                            "SW3001",
                                            Severity.ERROR,
                                            "No",
                                            "It cannot.",
                                            TextRange.START,
                                            "resources.web",
                                            List.of()))));

    @Test
    void comesBackAsItWasWritten() {
        assertThat(PlanJson.read(PlanJson.write(PLAN))).isEqualTo(PLAN);
    }

    @Test
    void neverHoldsASecret() {
        assertThat(PlanJson.write(PLAN)).doesNotContain("old secret").doesNotContain("new secret");
    }
}
