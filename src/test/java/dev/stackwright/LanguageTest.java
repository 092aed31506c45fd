package dev.stackwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whatever language a machine speaks, the names of OpenStack are written as OpenStack does. */
class LanguageTest {

    @Test
    void theLanguageOfTheMachineChangesNoNames() {
        App.started();

        assertThat("PUBLIC".toLowerCase(Locale.getDefault())).isEqualTo("public");
        assertThat("%.1f".formatted(0.5)).isEqualTo("0.5");
    }
}
