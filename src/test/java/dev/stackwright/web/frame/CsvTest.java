package dev.stackwright.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvTest {

    @Test
    void everyRowIsInTheText() {
        var csv = new Csv("Name", "Status").row("web-1", "ACTIVE").row("web, 2", "BUILD");

        assertThat(csv.toString())
                .isEqualToIgnoringNewLines("Name,Status\nweb-1,ACTIVE\n\"web, 2\",BUILD\n");
    }

    @Test
    void aNameThatASpreadsheetWouldRunIsOnlyAName() {
        var csv = new Csv("Name", "Change").row("=cmd|' /C calc'!A0", "-12.5").row("@sum", "+1");

        assertThat(csv.toString()).contains("'=cmd|' /C calc'!A0,-12.5").contains("'@sum,+1");
    }

    @Test
    void aSumIsNoNumber() {
        assertThat(new Csv("-1.50", "-1+2", "+2e-3").toString())
                .isEqualToIgnoringNewLines("-1.50,'-1+2,+2e-3\n");
    }
}
