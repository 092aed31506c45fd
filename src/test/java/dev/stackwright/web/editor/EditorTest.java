package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The editor under somebody's hands. */
class EditorTest {

    private static final String SERVER =
            """
            heat_template_version: 2021-04-16
            resources:
              web:
                type: OS::Nova::Server
                properties:
                  flavour: m1.small
                  networks: [{ network: shop-net }]
            """;

    private final App app = App.started();
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";
    private final Browser browser = Browser.at(app);

    @BeforeEach
    void aliceOpensAnEmptyEditor() {
        Client.of(app, "alice").submit(stacks + "/new/discard", Map.of());
        browser.signIn("alice");
        browser.open(stacks + "/new").awaitFound("#template[data-ready]");
    }

    @AfterEach
    void leave() {
        browser.close();
        Client.of(app, "alice").submit(stacks + "/new/discard", Map.of());
    }

    @Test
    void anEmptyEditorIsNotCalledFaultless() {
        says("Nothing written yet");
    }

    @Test
    void aMistakeIsMarkedInItsPlaceAndMendedByOneKey() {
        paste(SERVER);
        says("error");
        browser.awaitFound(".cm-lint-marker-error").awaitText("[data-lint-list]", "Line 6");
        browser.screenshot("editor-mistake");
        assertThat(browser.axe()).isEmpty();

        browser.click("[data-lint-list] .lnk");
        withControl(".");

        holds("flavor: m1.small");
    }

    @Test
    void aWordIsCompletedFromTheCatalogAndFromTheCloud() {
        paste(SERVER.replace("      flavour: m1.small\n", "") + "      ");
        withControl(Keys.END);
        keys("fla");
        completed("flavor");
        browser.screenshot("editor-completion");
        keys(Keys.ENTER);
        keys("m1.s");
        completed("m1.small");
        keys(Keys.ENTER);

        holds("      flavor: m1.small");
    }

    @Test
    void thePointerLearnsWhatAPropertyIs() {
        paste(SERVER.replace("flavour", "flavor"));
        // The card comes to a pointer that rests.
        Browser.awaiting("the card of networks")
                .pollInterval(Duration.ofSeconds(3))
                .untilAsserted(() -> {
                    var line =
                            browser.found(".cm-line").stream()
                                    .filter(one -> one.getText().contains("networks"))
                                    .findFirst()
                                    .orElseThrow(AssertionError::new);
                    new Actions(browser.driver())
                            .moveToElement(line, -line.getSize().width / 2 + 60, 0)
                            .moveByOffset(1, 0)
                            .perform();
                    assertThat(browser.texts(".editor-card")).contains("networks", "list");
                });
        browser.screenshot("editor-hover");
    }

    @Test
    void aPastedTextKeepsItsLineEndsAndIsKeptAsADraft() {
        paste(SERVER.replace("\n", "\r\n"));
        browser.awaitText("[data-draft-state]", "saved");

        browser.open(stacks + "/new");
        assertThat(browser.text(".banner")).contains("Your draft of");
        assertThat(browser.written()).contains("flavour: m1.small");
        assertThat(browser.found("[name=uploaded]"))
                .as("the line ends are remembered beside the text")
                .hasSize(1);
    }

    /** As from the clipboard, which belongs to nobody here. */
    private void paste(String text) {
        browser.driver()
                .executeScript(
                        """
                        const data = new DataTransfer();
                        data.setData('text/plain', arguments[0]);
                        document.querySelector('.cm-content').focus();
                        document.querySelector('.cm-content').dispatchEvent(
                            new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
                        """,
                        text);
    }

    private void withControl(CharSequence key) {
        new Actions(browser.driver())
                .keyDown(Keys.CONTROL)
                .sendKeys(key)
                .keyUp(Keys.CONTROL)
                .perform();
    }

    private void keys(CharSequence keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    /** It is the one that is chosen, and has been for longer than the list is deaf at first. */
    private void completed(String label) {
        Browser.awaiting(label)
                .during(Duration.ofMillis(300))
                .until(() -> browser.texts("[aria-selected] .cm-completionLabel").equals(label));
    }

    private void says(String words) {
        browser.awaitText("[data-lint-summary]", words);
    }

    private void holds(String end) {
        Browser.awaiting(end).untilAsserted(() -> assertThat(browser.written()).contains(end));
    }
}
