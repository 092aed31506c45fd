package dev.stackwright.web.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.demo.DemoCloud;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;

/** Whatever somebody types gets a sentence that says what to do, and is still there afterwards. */
class BadInputTest {

    private static final String SOUND =
            """
            heat_template_version: 2021-04-16
            parameters:
              count: { type: number, default: 1 }
            resources:
              one: { type: OS::Heat::Value, properties: { value: { get_param: count } } }
            """;

    private final App app = App.started();
    private final String stacks = "/c/demo/p/" + DemoCloud.projectId("shop") + "/stacks";
    private final Browser browser = Browser.at(app);

    @BeforeEach
    void aliceComesIn() {
        browser.signIn("alice");
    }

    @AfterEach
    void leave() {
        browser.close();
    }

    @Test
    void aTemplateOfAMegabyteIsTooLong() {
        preview("big", SOUND + "# " + "x".repeat(1 << 20));

        assertThat(said()).as(text("body")).contains("524,288", "get_file");
        assertThat(typed().length()).isGreaterThan(1 << 20);
    }

    @Test
    void aBombDoesNotGoOff() {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c < 'k'; c++) {
            bomb.append("%c: &%c [".formatted(c, c))
                    .append(("*" + (char) (c - 1) + ", ").repeat(10))
                    .append("]\n");
        }

        preview("bomb", bomb + SOUND);
        awaitSaid();

        assertThat(said()).isNotBlank().doesNotContain("Exception");
        assertThat(typed()).contains("&b", "OS::Heat::Value");
    }

    @Test
    void whatIsNestedTooDeeplyIsSaid() {
        preview("deep", SOUND + "x: " + "[".repeat(5000) + "]".repeat(5000) + "\n");
        awaitSaid();

        assertThat(said()).isNotBlank().doesNotContain("Exception", "StackOverflow");
        assertThat(typed()).contains("[[[");
    }

    @Test
    void aValueOfTheWrongTypeIsMarkedAtItsField() {
        open(SOUND);
        click("button[value=read]");
        await("p.count");
        type("p.count", "many");
        browser.driver().findElement(By.id("name")).clear();
        type("name", "wrong-type");
        click("button[value=preview]");
        awaitSaid();

        assertThat(said()).contains("count");
        assertThat(value("p.count")).isEqualTo("many");
        assertThat(value("name")).isEqualTo("wrong-type");
    }

    @Test
    void aNameThatIsTakenIsSaidWithAnother() {
        preview("taken", SOUND);
        awaitAddress("/plans/");
        click(".approve button.go");
        preview("taken", SOUND);
        awaitSaid();

        assertThat(said()).contains("taken", "taken-2");
        assertThat(typed()).contains("get_param: count");
    }

    @Test
    void aQuotaThatDoesNotSufficeIsSaidOnThePlan() {
        preview(
                "too-much",
                """
                heat_template_version: 2021-04-16
                resources:
                  volume: { type: OS::Cinder::Volume, properties: { size: 900000 } }
                """);
        awaitAddress("/plans/");

        assertThat(text("main")).contains("quota").contains("Ask for more");
        assertThat(browser.driver().findElements(By.cssSelector(".approve button[aria-disabled]")))
                .hasSize(1);
        var back =
                Objects.requireNonNull(
                        browser.driver()
                                .findElement(By.cssSelector(".approve a"))
                                .getAttribute("href"));
        browser.driver().get(back);
        assertThat(typed()).contains("900000");
    }

    private void open(String template) {
        browser.open(stacks + "/new");
        write(template);
    }

    private void preview(String name, String template) {
        open(template);
        browser.driver().findElement(By.id("name")).clear();
        type("name", name);
        var before = browser.driver().findElement(By.tagName("html"));
        click("button[value=preview]");
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> gone(before));
        browser.awaitLoaded();
    }

    private static boolean gone(org.openqa.selenium.WebElement element) {
        try {
            element.isDisplayed();
            return false;
        } catch (WebDriverException stale) {
            return true;
        }
    }

    private void write(String text) {
        browser.driver()
                .executeScript(
                        "arguments[0].dispatchEvent(new CustomEvent('sw:text', {detail:"
                                + " arguments[1]}))",
                        browser.driver().findElement(By.id("template")),
                        text);
    }

    private String typed() {
        return String.valueOf(
                browser.driver().executeScript("return document.getElementById('template').value"));
    }

    private String said() {
        return browser.driver().findElements(By.cssSelector("#marks, .errsum")).stream()
                .map(org.openqa.selenium.WebElement::getText)
                .collect(java.util.stream.Collectors.joining("\n"));
    }

    private void awaitSaid() {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> !said().isBlank());
    }

    private void await(String id) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !browser.driver().findElements(By.id(id)).isEmpty());
    }

    private void awaitAddress(String part) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        Objects.requireNonNull(browser.driver().getCurrentUrl()).contains(part));
    }

    private String value(String id) {
        return String.valueOf(browser.driver().findElement(By.id(id)).getAttribute("value"));
    }

    private void type(String id, String text) {
        browser.driver().findElement(By.id(id)).sendKeys(text);
    }

    private void click(String selector) {
        browser.driver()
                .executeScript(
                        "arguments[0].click()",
                        browser.driver().findElement(By.cssSelector(selector)));
    }

    private String text(String selector) {
        return browser.driver().findElement(By.cssSelector(selector)).getText();
    }
}
