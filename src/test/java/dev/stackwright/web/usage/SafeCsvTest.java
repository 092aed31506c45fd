package dev.stackwright.web.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SafeCsvTest {

    @Test
    void aCellThatASpreadsheetWouldRunIsMadeText() {
        assertThat(SafeCsv.write(List.of(List.of("=cmd|' /C calc'!A0", "@SUM(1)", "a,\"b\""))))
                .isEqualToIgnoringNewLines("'=cmd|' /C calc'!A0,'@SUM(1),\"a,\"\"b\"\"\"");
    }

    @Test
    void numbersStayNumbers() {
        assertThat(SafeCsv.harmless("-1.50")).isEqualTo("-1.50");
        assertThat(SafeCsv.harmless("-1+2")).isEqualTo("'-1+2");
    }
}
