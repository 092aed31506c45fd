package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages say what the message files have, and the files have nothing that nobody says. */
class MessagesTest {

    private static final Path PAGES = Path.of("src/main/resources/templates");
    private static final Path WORDS = Path.of("src/main/resources/messages");
    private static final Path CODE = Path.of("src/main/java");

    private static final Set<String> FINISHED =
            Set.of("frame", "signin", "overview", "errors", "audit");

    private static final Pattern IN_PAGE = Pattern.compile("#\\{([a-z][A-Za-z0-9_.-]*)[}(]");
    private static final Pattern IN_CODE = Pattern.compile("\"([a-z]+(?:\\.[A-Za-z0-9_-]+)+)\"");

    /** "overview.stack." + action: keys are put together in the code. */
    private static final Pattern BEGINNING =
            Pattern.compile("\"([a-z]+(?:\\.[A-Za-z0-9_-]+)*\\.)\"");

    private static Map<String, String> messages() throws IOException {
        Map<String, String> all = new HashMap<>();
        for (Path file : files(WORDS, ".properties")) {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            for (String key : properties.stringPropertyNames()) {
                assertThat(all.put(key, properties.getProperty(key)))
                        .as(key + " stands in two files")
                        .isNull();
            }
        }
        return all;
    }

    private static List<Path> files(Path root, String end) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(end)).toList();
        }
    }

    private static TreeSet<String> found(Path root, String end, Pattern pattern)
            throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (Path file : files(root, end)) {
            Matcher matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }

    @Test
    void noPageSaysAKeyThatIsNotThere() throws IOException {
        TreeSet<String> missing = found(PAGES, ".html", IN_PAGE);
        missing.removeAll(messages().keySet());

        assertThat(missing).isEmpty();
    }

    @Test
    void noMessageIsThereThatNobodySays() throws IOException {
        TreeSet<String> unused = new TreeSet<>(messages().keySet());
        unused.removeAll(found(PAGES, ".html", IN_PAGE));
        unused.removeAll(found(CODE, ".java", IN_CODE));
        unused.removeAll(found(PAGES, ".html", Pattern.compile("'([a-z][A-Za-z0-9_.-]*)'")));
        List<String> beginnings = new ArrayList<>(found(CODE, ".java", BEGINNING));
        beginnings.addAll(found(PAGES, ".html", Pattern.compile("#\\{__?\\|?([a-z][a-z.]*\\.)")));
        unused.removeIf(key -> beginnings.stream().anyMatch(key::startsWith));
        unused.removeIf(key -> key.endsWith(".one"));
        // Panels whose pages are still being made may have more words than pages.
        unused.removeIf(key -> !FINISHED.contains(key.substring(0, key.indexOf('.'))));

        assertThat(unused).isEmpty();
    }

    /**
     * With an argument a message is a pattern, and in a pattern one apostrophe swallows the rest.
     */
    @Test
    void apostrophesAreDoubledWhereTheMessageHasArgumentsAndOnlyThere() throws IOException {
        messages()
                .forEach((key, text) -> {
                    boolean pattern = text.matches("(?s).*\\{\\d.*");
                    String without = text.replace("''", "");
                    if (pattern) {
                        assertThat(without).as(key).doesNotContain("'");
                    } else {
                        assertThat(text).as(key).doesNotContain("''");
                    }
                });
    }

    @Test
    void everyPageBelongsToTheFrame() throws IOException {
        for (Path page : files(PAGES, ".html")) {
            boolean fragment = page.getFileName().toString().startsWith("_");
            String text = Files.readString(page);
            assertThat(text.contains("<!doctype html>") && !page.endsWith("_layout.html"))
                    .as(page.toString())
                    .isEqualTo(!fragment);
            assertThat(text).as(page.toString()).doesNotContain("th:utext", "th:inline", " style=");
        }
    }
}
