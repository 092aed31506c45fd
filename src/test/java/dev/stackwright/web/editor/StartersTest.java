package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StartersTest {

    static List<Starter> all() {
        return new Starters().all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void thereIsNothingToSayAboutAStarter(Starter starter) {
        assertThat(Checking.lint(starter.text()).diagnostics()).isEmpty();
        assertThat(starter.title()).isNotBlank().doesNotContain("heat_template_version");
        assertThat(starter.description()).isNotBlank();
    }

    @Test
    void theSmallestComesFirst() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(all().getFirst().name()).isEqualTo("single-server");
    }
}
