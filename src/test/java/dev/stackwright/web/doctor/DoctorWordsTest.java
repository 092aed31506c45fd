package dev.stackwright.web.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.operations.doctor.Code;
import dev.stackwright.operations.doctor.Cure;
import dev.stackwright.operations.doctor.Evidence;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the doctor may say, there are words for it and it stands in the documents. */
class DoctorWordsTest {

    private static final Path RULES = Path.of("src/main/java/dev/stackwright/operations/doctor");
    private static final Pattern KEY =
            Pattern.compile("Evidence\\.(?:proves|fits|rulesOut)\\(\\s*\"([a-z]+(?:-[a-z]+)*)\"");

    @Test
    void everyCodeHasItsSentenceAndItsRowInTheDocuments() throws IOException {
        var words = words();
        var documents = Files.readString(Path.of("docs/doctor.md"));
        for (var code : Code.values()) {
            assertThat(words).containsKey("doctor.short." + code.key());
            assertThat(documents).contains("| `" + code.key() + "` |");
        }
        assertThat(documents.lines().filter(line -> line.startsWith("| `") && !line.contains(".")))
                .allSatisfy(line ->
                        assertThat(Code.of(line.replaceAll("^\\| `([^`]*)`.*", "$1"))).isPresent());
    }

    @Test
    void everyCureHasItsWords() throws IOException {
        var words = words();
        for (var cure : Cure.values()) {
            assertThat(words)
                    .containsKeys(
                            "doctor.cure." + cure.key(), "doctor.cure." + cure.key() + ".text");
        }
    }

    @Test
    void everyPieceOfEvidenceHasItsWords() throws IOException {
        var words = words();
        var used = new TreeSet<String>();
        try (var files = Files.list(RULES)) {
            for (var file : files.toList()) {
                var keys = KEY.matcher(Files.readString(file));
                while (keys.find()) {
                    used.add(keys.group(1));
                }
            }
        }

        assertThat(used)
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(words).containsKey("doctor.evidence." + key));
    }

    @Test
    void everySourceHasItsName() throws IOException {
        var words = words();
        for (var source : Evidence.Source.values()) {
            assertThat(words)
                    .containsKey(
                            "doctor.source."
                                    + source.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    private static Properties words() throws IOException {
        var words = new Properties();
        words.load(
                new StringReader(
                        Files.readString(
                                Path.of("src/main/resources/messages/doctor.properties"))));
        return words;
    }
}
