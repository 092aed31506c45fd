package dev.stackwright.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    @TempDir Path folder;

    @Test
    void opensWhatItSealedAndSealsTheSameTwiceDifferently() {
        var vault = Vault.at(folder.resolve("keys"));

        var once = vault.seal("höchst geheim", "stack/1");
        var again = vault.seal("höchst geheim", "stack/1");

        assertThat(once).isNotEqualTo(again).doesNotContain("geheim");
        assertThat(vault.open(once, "stack/1")).isEqualTo("höchst geheim");
        assertThat(vault.open(again, "stack/1")).isEqualTo("höchst geheim");
    }

    @Test
    void refusesASealedTextThatWasMovedToAnotherRowOrChanged() {
        var vault = Vault.at(folder.resolve("keys"));
        // 8 bytes, so that no bit of the last character is unused
        var sealed = vault.seal("secret!!", "stack/1");

        assertThatThrownBy(() -> vault.open(sealed, "stack/2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("secret");
        for (int i = 3; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            var changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> vault.open(changed, "stack/1"))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> vault.open("", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open("v1.a.b", "x"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void makesAKeyFileThatOnlyItsOwnerReadsAndKeepsItOverARestart() throws Exception {
        var file = folder.resolve("below/keys");

        var sealed = Vault.at(file).seal("secret", "c");

        assertThat(Vault.at(file).open(sealed, "c")).isEqualTo("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws Exception {
        var file = folder.resolve("keys");
        Vault.at(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> Vault.at(file)).hasMessageContaining("chmod 600");
    }

    @Test
    void opensWithAnOlderKeyAndSealsWithTheFirst() throws Exception {
        var file = folder.resolve("keys");
        var old = Vault.at(file).seal("secret", "c");
        var other = folder.resolve("other");
        Vault.at(other);
        List<String> lines = new ArrayList<>(Files.readAllLines(other));
        lines.addAll(Files.readAllLines(file));
        Files.write(file, lines);

        var vault = Vault.at(file);

        assertThat(vault.open(old, "c")).isEqualTo("secret");
        assertThat(vault.isOld(old)).isTrue();
        assertThat(vault.isOld(vault.seal("secret", "c"))).isFalse();
        assertThatThrownBy(() -> Vault.at(other).open(old, "c")).hasMessageContaining("no key");
    }

    @Test
    void namesTheLineOfABrokenKeyButNotTheKey() throws Exception {
        var file = folder.resolve("keys");
        Vault.at(file);
        Files.writeString(file, "k1 bm90IGxvbmcgZW5vdWdo\n");

        assertThatThrownBy(() -> Vault.at(file))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("bm90");
    }
}
