package dev.stackwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.kernel.Value;
import dev.stackwright.plan.DeployedResource.Standing;
import dev.stackwright.template.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each folder of {@code cases/plan} is a case: {@code before.yaml} is what the stack was applied
 * with, {@code after.yaml} what it is to become, {@code expected.txt} the plan. Without a before it
 * is a new stack, without an after it is deleted. Comments at the top of a template give parameters
 * ({@code # parameter name: value}) and how resources stand ({@code # standing web: failed}).
 *
 * <p>Run with {@code -Dstackwright.cases=write} to write the plans down anew; then read them.
 */
class PlannerCasesTest {

    @TestFactory
    Stream<DynamicTest> plansWhatTheCaseExpects() throws IOException {
        var cases = Path.of("src/test/resources/cases/plan");
        return Files.list(cases)
                .sorted()
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString().replace('-', ' '),
                                () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        var plan = plan(folder);
        var text = PlanText.of(plan);
        var expected = folder.resolve("expected.txt");
        if ("write".equals(System.getProperty("stackwright.cases"))) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
        assertThat(PlanJson.read(PlanJson.write(plan))).isEqualTo(plan);
        assertThat(text + PlanJson.write(plan)).doesNotContainIgnoringCase("S3cr3t");
    }

    static Plan plan(Path folder) throws IOException {
        var before = folder.resolve("before.yaml");
        var after = folder.resolve("after.yaml");
        if (!Files.exists(before)) {
            var wanted = PlanCases.check(Files.readString(after), parameters(after));
            return PlanCases.PLANNER.create("shop", wanted, wanted.values());
        }
        var applied = PlanCases.check(Files.readString(before), parameters(before));
        var deployed = PlanCases.deployed(applied, standings(before));
        if (!Files.exists(after)) {
            return PlanCases.PLANNER.delete(deployed);
        }
        var wanted =
                PlanCases.check(
                        Files.readString(after),
                        environment(folder).withParameters(parameters(after)));
        return PlanCases.PLANNER.update(deployed, applied.source(), wanted, wanted.values());
    }

    private static Environment environment(Path folder) throws IOException {
        var file = folder.resolve("environment.yaml");
        return Files.exists(file)
                ? Environment.read(Files.readString(file)).environment()
                : Environment.EMPTY;
    }

    private static Map<String, Value> parameters(Path file) throws IOException {
        var values = new LinkedHashMap<String, Value>();
        said(file, "# parameter ").forEach((name, value) -> values.put(name, Value.of(value)));
        return values;
    }

    private static Map<String, Standing> standings(Path file) throws IOException {
        var standings = new LinkedHashMap<String, Standing>();
        said(file, "# standing ")
                .forEach((name, word) ->
                        standings.put(
                                name,
                                Standing.valueOf(word.toUpperCase(Locale.ROOT).replace(' ', '_'))));
        return standings;
    }

    private static Map<String, String> said(Path file, String mark) throws IOException {
        var said = new LinkedHashMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith(mark)) {
                var parts = line.substring(mark.length()).split(": ", 2);
                said.put(parts[0], parts[1]);
            }
        }
        return said;
    }
}
