package dev.stackwright.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plans of the cases, for tests of the page. */
public final class SamplePlans {

    /** A plan with the texts that it was made of. */
    public record Sample(Plan plan, String before, String after) {}

    private SamplePlans() {}

    /** The plan of a folder under {@code cases/plan}. */
    public static Sample of(String name) {
        var folder = Path.of("src/test/resources/cases/plan").resolve(name).normalize();
        try {
            return new Sample(
                    PlannerCasesTest.plan(folder),
                    text(folder.resolve("before.yaml")),
                    text(folder.resolve("after.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
