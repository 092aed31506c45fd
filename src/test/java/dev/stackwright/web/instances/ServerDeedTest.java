package dev.stackwright.web.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be done to an instance is said in words wherever it is said. */
class ServerDeedTest {

    private final ResourceBundle messages =
            ResourceBundle.getBundle("messages.instances", Locale.ROOT);

    @ParameterizedTest
    @EnumSource
    void theRecordSaysWhatWasDoneInASentence(ServerDeed deed) {
        assertThat(messages.getString("audit.action." + deed.action()))
                .contains("instance")
                .doesNotContain("server.");
    }
}
