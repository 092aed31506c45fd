package dev.stackwright.template;

import dev.stackwright.catalog.Catalog;
import dev.stackwright.plan.Planner;
import dev.stackwright.plan.Sizes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes texts at random and gives them to the reader, the check and the planner. Whatever comes
 * out, none of them may throw, or take longer than {@link #SLOWEST_MS}. Texts that are answered in
 * a way that no text before was (another set of codes) become seeds themselves, so that the search
 * goes where new things happen.
 */
final class Fuzzer {

    /** Far beyond what any text within the limits should take, even on a busy machine. */
    static final long SLOWEST_MS = 10_000;

    private static final int MOST_SEEDS = 4_000;
    private static final int LONGEST = 40_000;

    private static final String LETTERS = "{}[]:,-&*!|>'\"%@` \n\t#?x0~\0\uD83D\u2028.<=/\\$()^+";

    private static final List<String> WORDS =
            List.of(
                    "get_param",
                    "get_attr",
                    "get_resource",
                    "get_file",
                    "if",
                    "repeat",
                    "list_join",
                    "str_replace",
                    "str_split",
                    "map_merge",
                    "map_replace",
                    "digest",
                    "yaql",
                    "filter",
                    "make_url",
                    "contains",
                    "list_concat",
                    "resource_facade",
                    "null",
                    "{}",
                    "[]",
                    "-1",
                    "1e400",
                    ".inf",
                    ".nan",
                    "<<",
                    "*a",
                    "&a ",
                    "0x1f",
                    "190:20:30",
                    "0o7",
                    "99999999999999999999",
                    "Fn::Select",
                    "Fn::Sub",
                    "Fn::Cidr",
                    "Fn::If",
                    "Fn::Join",
                    "Ref",
                    "AWS::NoValue",
                    "${AWS::StackName}",
                    "depends_on",
                    "condition",
                    "conditions",
                    "external_id",
                    "allowed_pattern",
                    "(a+)+$",
                    "(a|aa)*b",
                    "[[:alpha:]]{1,999}",
                    "%index%",
                    "$.data.where($>1)",
                    "OS::Heat::ResourceGroup",
                    "self.yaml",
                    "resource_registry",
                    "parameters",
                    "parameter_defaults",
                    "hooks",
                    "OS::stack_name",
                    "!!binary ",
                    "!Ref ",
                    "- ",
                    "? ",
                    "|\n ",
                    "heat_template_version: wallaby\n",
                    "2016-10-14",
                    "\n---\n",
                    "parameter_merge_strategies: {default: deep_merge}\n",
                    "event_sinks",
                    "custom_constraint: cron_expression",
                    "custom_constraint: net_cidr",
                    "expression: $.data.selectMany($).groupBy($).toDict($, $)",
                    "count: 9999999");

    /** What happened to be wrong. */
    record Finding(long execution, String text, Throwable thrown) {}

    private final Random random;
    private final List<String> seeds;
    private final Set<String> answers = new HashSet<>();
    private long executions;
    private long slowest;

    Fuzzer(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = new ArrayList<>(seeds);
    }

    /** The project's own cases and starters, and real templates where they are at hand. */
    static List<String> ownSeeds() throws IOException {
        var seeds = new ArrayList<String>();
        for (String folder :
                List.of(
                        "src/test/resources/cases",
                        "src/main/resources/starters",
                        "src/test/resources/cases/fuzz")) {
            Path from = Path.of(folder);
            if (Files.isDirectory(from)) {
                try (var files = Files.walk(from)) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                        seeds.add(Files.readString(file));
                    }
                }
            }
        }
        return seeds;
    }

    static List<String> corpusSeeds() throws IOException {
        var seeds = new ArrayList<String>();
        Path folder = Path.of(System.getProperty("stackwright.corpus", "../shared/corpus"), "heat");
        if (Files.isDirectory(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().matches(".*\\.(yaml|template|env)"))
                                .sorted()
                                .toList()) {
                    if (Files.size(file) < LONGEST) {
                        seeds.add(Files.readString(file));
                    }
                }
            }
        }
        return seeds;
    }

    long executions() {
        return executions;
    }

    long slowestMillis() {
        return slowest;
    }

    int answers() {
        return answers.size();
    }

    /** Tries once; what went wrong, or null. */
    @Nullable Finding next() {
        String text = mutated();
        executions++;
        long start = worked();
        try {
            String answer = answer(text);
            long took = (worked() - start) / 1_000_000;
            slowest = Math.max(slowest, took);
            if (took > SLOWEST_MS) {
                return new Finding(executions, text, new AssertionError("took " + took + " ms"));
            }
            if (answers.add(answer) && seeds.size() < MOST_SEEDS && text.length() < LONGEST) {
                seeds.add(text);
            }
            return null;
        } catch (Throwable e) {
            return new Finding(executions, text, e);
        }
    }

    /** How long this thread had a core: a machine that is busy elsewhere makes no text slow. */
    private static long worked() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Reads, checks and plans a text, as a template and as an environment. */
    static String answer(String text) {
        var environment = Environment.read(text);
        var read = TemplateReader.read(text);
        if (read.template().isEmpty()) {
            if (!read.diagnostics().hasErrors()) {
                throw new AssertionError("No template, and nothing said about it");
            }
            return codes(read.diagnostics()) + codes(environment.diagnostics());
        }
        var template = read.template().get();
        Environment.check(text, template, Constraints.UNCHECKED, Limits.DEFAULT);
        var files = new LinkedHashMap<String, String>();
        files.put("self.yaml", text);
        template.resources().values().stream()
                .map(ResourceDefinition::type)
                .filter(ResourceRegistry::isTemplate)
                .limit(3)
                .forEach(type -> files.put(type, text));
        var answer = new StringBuilder();
        for (var options : List.of(CheckOptions.DRAFT, CheckOptions.STRUCTURE)) {
            var checked =
                    TemplateCheck.check(
                            template,
                            environment.environment().parameters().isEmpty()
                                    ? environment.environment()
                                    : Environment.EMPTY,
                            options == CheckOptions.DRAFT ? files : Map.of(),
                            Catalog.builtIn(),
                            Constraints.UNCHECKED,
                            StackIdentity.UNKNOWN,
                            options,
                            Limits.DEFAULT);
            answer.append(codes(checked.diagnostics()));
            checked.template()
                    .ifPresent(sound -> {
                        var plan =
                                new Planner(Catalog.builtIn(), Sizes.UNKNOWN)
                                        .create("fuzz", sound, sound.values());
                        answer.append(plan.changes().size() > 3 ? "many" : plan.changes().size());
                    });
        }
        return answer.toString();
    }

    private static String codes(dev.stackwright.kernel.Diagnostics said) {
        return said.all().stream()
                .map(dev.stackwright.kernel.Diagnostic::code)
                .distinct()
                .sorted()
                .toList()
                .toString();
    }

    private String mutated() {
        var text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
        for (int i = random.nextInt(1, 8); i > 0 && text.length() > 2; i--) {
            int at = random.nextInt(text.length());
            int length = Math.min(random.nextInt(1, 40), text.length() - at);
            switch (random.nextInt(8)) {
                case 0 -> text.delete(at, at + length);
                case 1 -> text.insert(at, text.substring(at, at + length));
                case 2 -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                case 3 -> {
                    String other = seeds.get(random.nextInt(seeds.size()));
                    if (!other.isEmpty()) {
                        int from = random.nextInt(other.length());
                        text.insert(at, other, from, Math.min(other.length(), from + 200));
                    }
                }
                case 4, 5 -> word(text, at);
                case 6 -> line(text, at);
                default ->
                        text.insert(
                                at, "\n".repeat(random.nextInt(3)) + " ".repeat(random.nextInt(8)));
            }
        }
        return text.length() > 2 * LONGEST ? text.substring(0, 2 * LONGEST) : text.toString();
    }

    /** Puts another word in the place of one. */
    private void word(StringBuilder text, int at) {
        int from = at;
        while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
            from--;
        }
        int to = at;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
            to++;
        }
        text.replace(from, to, WORDS.get(random.nextInt(WORDS.size())));
    }

    /** Moves or doubles a line. */
    private void line(StringBuilder text, int at) {
        int from = text.lastIndexOf("\n", at) + 1;
        int to = text.indexOf("\n", at);
        if (to > from) {
            String line = text.substring(from, to + 1);
            if (random.nextBoolean()) {
                text.delete(from, to + 1);
            }
            int where = text.indexOf("\n", random.nextInt(Math.max(1, text.length()))) + 1;
            text.insert(where, line);
        }
    }

    /**
     * {@code bench/fuzz SECONDS [SEED]}: prints how many texts were tried and writes what went
     * wrong to {@code target/fuzz}.
     */
    public static void main(String[] arguments) throws IOException {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 60;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 20260101;
        var seeds = ownSeeds();
        seeds.addAll(corpusSeeds());
        var fuzzer = new Fuzzer(seed, seeds);
        Path folder = Path.of("target/fuzz");
        Files.createDirectories(folder);
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        var kinds = new HashSet<String>();
        long said = start;
        while (System.nanoTime() < end) {
            Finding finding = fuzzer.next();
            if (finding != null && kinds.add(kind(finding.thrown()))) {
                Path file = folder.resolve("finding-%d-%d.yaml".formatted(seed, kinds.size()));
                Files.writeString(file, finding.text());
                System.out.printf("finding %s: %s%n", file, kind(finding.thrown()));
                finding.thrown().printStackTrace(System.out);
            }
            if (System.nanoTime() - said > 60_000_000_000L) {
                said = System.nanoTime();
                tell(fuzzer, seed, start, kinds.size());
            }
        }
        tell(fuzzer, seed, start, kinds.size());
        System.exit(kinds.isEmpty() ? 0 : 1);
    }

    private static String kind(Throwable thrown) {
        var where = thrown.getStackTrace();
        return thrown.getClass().getSimpleName()
                + (where.length == 0
                        ? ""
                        : " at " + where[0].getClassName() + "." + where[0].getMethodName());
    }

    private static void tell(Fuzzer fuzzer, long seed, long start, int findings) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                java.util.Locale.ROOT,
                "fuzz: seed %d, %d executions in %.0f s, %.0f per second, %d kinds of answer,"
                        + " slowest %d ms, %d findings%n",
                seed,
                fuzzer.executions(),
                seconds,
                fuzzer.executions() / seconds,
                fuzzer.answers(),
                fuzzer.slowestMillis(),
                findings);
    }
}
