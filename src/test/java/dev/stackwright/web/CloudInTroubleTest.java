package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.demo.DemoFaults;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.support.ui.Select;

/** Alice works on while services of the cloud answer 500, or nothing at all. */
class CloudInTroubleTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String TEMPLATE =
            """
            heat_template_version: 2018-08-31
            parameters:
              flavor: {type: string, constraints: [{custom_constraint: nova.flavor}]}
            resources:
              net: {type: OS::Neutron::Net, properties: {name: trouble-net}}
              subnet:
                type: OS::Neutron::Subnet
                properties: {network: {get_resource: net}, cidr: 10.80.0.0/24}
              server:
                type: OS::Nova::Server
                properties:
                  image: cirros
                  flavor: {get_param: flavor}
                  networks: [{subnet: {get_resource: subnet}}]
            """;

    private final App app = App.started();
    private final DemoFaults faults = app.demo().faults();

    @AfterEach
    void mend() {
        faults.turnOff(DemoFaults.API_BROKEN);
        faults.turnOff(DemoFaults.API_SILENT);
    }

    @Test
    void whatWasTypedAndPlannedOutlivesACloudThatDoesNotAnswer() {
        try (var browser = Browser.at(app)) {
            browser.signIn("alice");
            awaitText(browser, ".nav", "Stacks");

            faults.turnOn(DemoFaults.API_BROKEN, "nova");
            browser.open(SHOP + "/instances/new");
            type(browser, "name", "typed-in-vain");
            choose(browser, "image", "cirros");
            choose(browser, "flavor", "m1.tiny");
            press(browser, "main form button.go");
            awaitText(browser, "main .banner.bad", "No instance was made. The cloud says: ");
            calm(browser);
            assertThat(value(browser, "name")).isEqualTo("typed-in-vain");

            browser.open(SHOP + "/stacks/new");
            type(browser, "name", "trouble");
            write(browser, TEMPLATE);
            press(browser, "button[value=read]");
            awaitText(browser, "main", "flavor");
            choose(browser, "p.flavor", "m1.tiny");
            press(browser, "button[value=preview]");
            // A plan is made from the inventory: a service in trouble is no hindrance.
            awaitText(browser, "h1", "trouble");
            assertThat(text(browser, "main")).contains("server", "subnet");
            var plan = browser.driver().getCurrentUrl();
            assertThat(plan).contains("/plans/");
            browser.open(SHOP + "/stacks/new?plan=" + plan.substring(plan.lastIndexOf('/') + 1));
            assertThat(value(browser, "template")).isEqualTo(TEMPLATE);
            assertThat(new Select(element(browser, "p.flavor")).getFirstSelectedOption().getText())
                    .contains("m1.tiny");
            faults.turnOff(DemoFaults.API_BROKEN);

            faults.turnOn(DemoFaults.API_BROKEN, "keystone");
            browser.driver().get(plan);
            press(browser, ".approve button.go");
            awaitText(browser, "main, .flash", "Nothing was started: ");
            calm(browser);
            assertThat(browser.driver().getCurrentUrl()).isEqualTo(plan);
            faults.turnOff(DemoFaults.API_BROKEN);

            faults.turnOn(DemoFaults.API_BROKEN, "neutron");
            press(browser, ".approve button.go");
            awaitText(browser, "#plan-state", "runs");
            browser.open(SHOP + "/stacks");
            browser.driver().findElement(By.partialLinkText("trouble")).click();
            awaitText(browser, "#resources", "Neutron: ");
            assertThat(text(browser, "#resources")).contains("HTTP 500");
            calm(browser);
            var stack = browser.driver().getCurrentUrl();
            faults.turnOff(DemoFaults.API_BROKEN);
            awaitText(browser, "#state", "Created");

            faults.turnOn(DemoFaults.API_SILENT, "keystone");
            // Pages read the inventory: who is in sees everything as before.
            browser.driver().get(stack);
            assertThat(text(browser, "#state")).contains("Created");
            browser.driver().manage().deleteAllCookies();
            browser.signIn("bob");
            awaitText(browser, ".errsum", "Keystone does not answer");
            assertThat(value(browser, "user")).isEqualTo("bob");
            calm(browser);
        }
    }

    private static void calm(Browser browser) {
        assertThat(browser.driver().getPageSource())
                .doesNotContain("Exception", "\tat ", "dev.stackwright.");
    }

    private static org.openqa.selenium.WebElement element(Browser browser, String id) {
        return browser.driver().findElement(By.id(id));
    }

    private static void type(Browser browser, String id, String text) {
        element(browser, id).sendKeys(text);
    }

    private static String value(Browser browser, String id) {
        return String.valueOf(element(browser, id).getDomProperty("value"));
    }

    private static void choose(Browser browser, String id, String start) {
        var select = new Select(element(browser, id));
        select.getOptions().stream()
                .filter(option -> option.getText().startsWith(start))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private static void write(Browser browser, String text) {
        browser.driver()
                .executeScript(
                        "arguments[0].dispatchEvent(new CustomEvent('sw:text', {detail:"
                                + " arguments[1]}))",
                        element(browser, "template"),
                        text);
    }

    private static void press(Browser browser, String selector) {
        var button = browser.driver().findElement(By.cssSelector(selector));
        browser.driver().executeScript("arguments[0].click()", button);
    }

    private static String text(Browser browser, String selector) {
        return browser.driver().findElement(By.cssSelector(selector)).getText();
    }

    private static void awaitText(Browser browser, String selector, String part) {
        await("%s says %s".formatted(selector, part))
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() -> assertThat(text(browser, selector)).contains(part));
    }
}
