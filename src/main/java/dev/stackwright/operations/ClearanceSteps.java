package dev.stackwright.operations;

import dev.stackwright.execution.StepSpec;
import dev.stackwright.operations.ClearanceMove.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The steps of a clearance in their order. */
public final class ClearanceSteps {

    public static final String KIND = "clearance";
    public static final String CLOSE = "host.close";
    public static final String OPEN = "host.open";
    public static final String MOVE = "host.move";
    public static final String CHECK = "host.check";

    private ClearanceSteps() {}

    static List<StepSpec> out(List<ClearanceMove> moves) {
        return steps("close", CLOSE, Phase.OUT, moves);
    }

    static List<StepSpec> back(List<ClearanceMove> moves) {
        return steps("open", OPEN, Phase.BACK, moves);
    }

    private static List<StepSpec> steps(
            String first, String handler, Phase phase, List<ClearanceMove> moves) {
        var steps = new ArrayList<StepSpec>();
        steps.add(new StepSpec(first, handler, payload(phase), Set.of()));
        var names = new HashSet<>(Set.of(first));
        for (var move : moves) {
            var name = "move " + move.server();
            names.add(name);
            steps.add(
                    new StepSpec(
                            name,
                            MOVE,
                            payload(phase).put("server", move.server()).put("name", move.name()),
                            Set.of(first)));
        }
        // However the others end, somebody says what is left.
        steps.add(new StepSpec("check", CHECK, payload(phase), names, true));
        return steps;
    }

    private static ObjectNode payload(Phase phase) {
        return JsonNodeFactory.instance.objectNode().put("phase", phase.name());
    }
}
