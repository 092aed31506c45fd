package dev.stackwright.web.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
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
        browser.open(stacks + "/new");
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
        assertThat(found(".cm-lint-marker-error")).isNotEmpty();
        assertThat(text("[data-lint-list]")).contains("Line 6");
        browser.screenshot("editor-mistake");
        assertThat(browser.axe()).isEmpty();

        click("[data-lint-list] .lnk");
        withControl(".");

        await().untilAsserted(() -> assertThat(value()).contains("flavor: m1.small"));
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

        assertThat(value()).endsWith("      flavor: m1.small");
    }

    @Test
    void thePointerLearnsWhatAPropertyIs() {
        paste(SERVER.replace("flavour", "flavor"));
        var line =
                found(".cm-line").stream()
                        .filter(one -> one.getText().contains("networks"))
                        .findFirst()
                        .orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> {
                    new Actions(browser.driver())
                            .moveToElement(line, -line.getSize().width / 2 + 60, 0)
                            .moveByOffset(1, 0)
                            .perform();
                    return !found(".editor-card").isEmpty();
                });
        assertThat(text(".editor-card")).contains("networks", "list");
        browser.screenshot("editor-hover");
    }

    @Test
    void aPastedTextKeepsItsLineEndsAndIsKeptAsADraft() {
        paste(SERVER.replace("\n", "\r\n"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> text("[data-draft-state]").contains("saved"));

        browser.open(stacks + "/new");
        assertThat(text(".banner")).contains("Your draft of");
        assertThat(value()).contains("flavour: m1.small");
        assertThat(browser.driver().findElements(By.name("uploaded")))
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

    private void completed(String label) {
        await(label)
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() ->
                        found(".cm-completionLabel").stream()
                                .anyMatch(one -> one.getText().equals(label)));
    }

    private void says(String words) {
        await(words)
                .atMost(Duration.ofSeconds(60))
                .until(() -> text("[data-lint-summary]").contains(words));
    }

    private String value() {
        return String.valueOf(
                browser.driver().executeScript("return document.getElementById('template').value"));
    }

    private List<WebElement> found(String selector) {
        return browser.driver().findElements(By.cssSelector(selector));
    }

    private String text(String selector) {
        return browser.driver().findElement(By.cssSelector(selector)).getText();
    }

    private void click(String selector) {
        browser.driver()
                .executeScript(
                        "arguments[0].click()",
                        browser.driver().findElement(By.cssSelector(selector)));
    }
}
