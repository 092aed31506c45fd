package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;

class LineEndsTest {

    @Test
    void keepsTheTextWhenABrowserChangedItsLineEndsOnly() {
        assertThat(LineEnds.of("a\r\nb\nc\r").on("a\r\nb\r\nc\r\n")).isEqualTo("a\r\nb\nc\r");
        assertThat(LineEnds.of("a\nb\n").on("a\r\nb\r\n")).isEqualTo("a\nb\n");
    }

    @Test
    void givesAChangedTextTheLineEndsItHad() {
        assertThat(LineEnds.of("a\r\nb\r\n").on("a\r\nc\r\n")).isEqualTo("a\r\nc\r\n");
        assertThat(LineEnds.of("a\nb\n").on("a\r\nc\r\n")).isEqualTo("a\nc\n");
    }

    @Test
    void givesANewTextTheLineEndsOfUnix() {
        assertThat(LineEnds.of("").on("a\r\nb")).isEqualTo("a\nb");
    }

    @Test
    void givesAPastedTextTheLineEndsThatTheScriptSaw() {
        var fresh = LineEnds.of("");

        assertThat(fresh.on("a\r\nb\r\n", "rr")).isEqualTo("a\r\nb\r\n");
        assertThat(fresh.on("a\r\nb\r\nc\r\n", "rnc")).isEqualTo("a\r\nb\nc\r");
        assertThat(LineEnds.of("x\r\ny\r\n").on("a\r\nb\r\n", "nn")).isEqualTo("a\nb\n");
    }

    @Test
    void keepsOneStyleWhenLinesWereAddedAfterThePaste() {
        assertThat(LineEnds.of("").on("a\r\nb\r\nc\r\n", "rr")).isEqualTo("a\r\nb\r\nc\r\n");
        assertThat(LineEnds.of("").on("a\r\nb\r\nc\r\n", "rn")).isEqualTo("a\nb\nc\n");
        assertThat(LineEnds.of("").on("a\r\nb", "<script>")).isEqualTo("a\nb");
    }

    @Test
    void carriesAnUploadedTextThroughTheForm() {
        var text = "\uFEFFa: \u00e4\r\nb: 1\n";

        assertThat(LineEnds.opened(LineEnds.packed(text))).isEqualTo(text);
        assertThat(LineEnds.packed("a\nb\n")).isEmpty();
        assertThat(LineEnds.opened("nobody packed this")).isEmpty();
    }

    @Test
    void refusesWhatIsNotText() {
        assertThatThrownBy(() -> LineEnds.text(new byte[] {'P', 'K', (byte) 0xff}))
                .isInstanceOf(CharacterCodingException.class);
    }
}
