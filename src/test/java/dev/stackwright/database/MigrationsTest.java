package dev.stackwright.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A migration that a release has run is never changed: databases that ran it would refuse the next
 * start, and new ones would look different. A further file of another number says what is to be
 * different. With a release, its new files are added to the list.
 */
class MigrationsTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final Path RELEASED = Path.of("src/test/resources/upgrade/migrations.txt");
    private static final Pattern NAME = Pattern.compile("V(\\d+)__[a-z0-9_]+\\.sql");

    @Test
    void whatWasReleasedIsAsItWas() throws Exception {
        for (var line : Files.readAllLines(RELEASED)) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split(" +", 2);
            assertThat(checksum(MIGRATIONS.resolve(parts[1])))
                    .as(parts[1] + " was released and may not be changed; add a new migration")
                    .isEqualTo(parts[0]);
        }
    }

    @Test
    void eachNumberIsGivenOnceForEachDatabase() throws IOException {
        for (var kind : new String[] {"h2", "postgresql"}) {
            Map<Integer, String> numbers = new TreeMap<>();
            for (var folder : new String[] {"common", kind}) {
                try (var files = Files.list(MIGRATIONS.resolve(folder))) {
                    files.map(file -> file.getFileName().toString())
                            .forEach(name -> {
                                var matcher = NAME.matcher(name);
                                assertThat(matcher.matches()).as(name).isTrue();
                                var before = numbers.put(Integer.valueOf(matcher.group(1)), name);
                                assertThat(before).as("the number of " + name).isNull();
                            });
                }
            }
        }
    }

    private static String checksum(Path file) throws Exception {
        var text = Files.readString(file).replace("\r\n", "\n");
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
