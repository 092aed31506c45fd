package dev.stackwright.web;

import static dev.stackwright.cloud.Request.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.kernel.CloudName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What most people come for, from signing in to leaving nothing behind, as Alice sees it. */
class MainJobTest {

    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final String STARTER = "server-with-network-and-volume";

    private final App app = App.started();
    private final SoftAssertions softly = new SoftAssertions();

    @Test
    void aliceMakesAStackChangesItAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        var before = counts();
        try (var browser = Browser.at(app)) {
            browser.signIn("alice");
            reachAll(browser, "overview");
            follow(browser, "Stacks");
            reachAll(browser, "stacks-empty");
            click(browser, "a.btn.go");
            awaitAddress(browser, "/stacks/new");
            discardDraft(browser);
            reachAll(browser, "stack-new");
            var source = starter();
            click(browser, "a[href$='starter=" + STARTER + "']");
            awaitAddress(browser, "starter=" + STARTER);
            reachAll(browser, "stack-form");

            saysWhatIsMissing(browser);
            type(browser, "name", "main-job");
            choose(browser, "p.image");
            choose(browser, "p.flavor");
            choose(browser, "p.external_network");
            click(browser, "button[value=preview]");
            awaitAddress(browser, "/plans/");
            assertThat(text(browser, "h1")).contains("main-job");
            reachAll(browser, "plan-create");

            approve(browser);
            var plan = browser.driver().getCurrentUrl();
            assertThat(new String(download(browser, plan + "/run"), StandardCharsets.UTF_8))
                    .contains("id=\"run\"");
            openStack(browser);
            awaitText(browser, "#state", "Created");
            assertThat(text(browser, "#events")).contains("server", "floating_ip", "Created");
            assertThat(text(browser, "#outputs")).contains("address", "inside");
            reachAll(browser, "stack");
            var stack = browser.driver().getCurrentUrl();
            assertThat(download(browser, stack + "/template"))
                    .isEqualTo(source.getBytes(StandardCharsets.UTF_8));

            click(browser, "#resources a[href*='/instances/']");
            awaitAddress(browser, "/instances/");
            await().atMost(DEADLINE)
                    .until(() -> {
                        browser.driver().navigate().refresh();
                        return text(browser, "main").contains("10.20.0.");
                    });
            reachAll(browser, "instance");

            browser.driver().get(stack + "/edit");
            reachAll(browser, "stack-edit");
            var changed = source.replace("web in from everywhere", "web in from anywhere");
            changed = changed.replace("SSH and web from everywhere", "SSH and web, changed");
            write(browser, changed);
            click(browser, "button[value=preview]");
            awaitAddress(browser, "/plans/");
            assertThat(text(browser, "main")).contains("security_group", "in place");
            assertThat(text(browser, ".pd")).contains("description", "SSH and web, changed");
            assertThat(text(browser, "table.diff")).contains("SSH and web, changed");
            reachAll(browser, "plan-update");
            approve(browser);
            browser.driver().get(stack);
            awaitText(browser, "#state", "Updated");
            assertThat(download(browser, stack + "/template"))
                    .isEqualTo(changed.getBytes(StandardCharsets.UTF_8));

            uploadsCrlfByteForByte(browser, stack, changed, folder);

            follow(browser, "Usage");
            assertThat(browser.driver().getCurrentUrl()).contains("/usage");
            reachAll(browser, "usage");

            browser.driver().get(stack);
            click(browser, "form[action$='/delete'] button");
            awaitAddress(browser, "/plans/");
            assertThat(text(browser, "h1")).contains("main-job");
            reachAll(browser, "plan-delete");
            browser.driver().findElements(By.name("loss")).forEach(WebElement::click);
            approve(browser);
            browser.driver().get(stack);
            awaitText(browser, "#state", "Deleted");
            reachAll(browser, "stack-deleted");
        }
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(counts()).isEqualTo(before));
        softly.assertAll();
    }

    /** Of another test: who has a draft is not offered the library. */
    private static void discardDraft(Browser browser) {
        if (browser.driver().findElements(By.cssSelector(DISCARD)).isEmpty()) {
            return;
        }
        click(browser, DISCARD);
        await().atMost(DEADLINE)
                .until(() -> browser.driver().findElements(By.cssSelector(DISCARD)).isEmpty());
    }

    private void saysWhatIsMissing(Browser browser) {
        browser.driver().executeScript("document.querySelector('form.stackv').noValidate = true");
        click(browser, "button[value=preview]");
        await().atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> text(browser, ".errsum").contains("Image"));
        softly.assertThat(browser.axe()).as("axe at the refused form").isEmpty();
        browser.screenshot("main-job-refused");
        quiet(browser, "the refused form");
    }

    /** Nothing but line ends differs: still a version of its own, as it was uploaded. */
    private void uploadsCrlfByteForByte(Browser browser, String stack, String source, Path folder)
            throws Exception {
        var crlf = source.replace("\n", "\r\n");
        var file = Files.writeString(folder.resolve("windows.yaml"), crlf);
        browser.driver().get(stack + "/edit");
        browser.driver().findElement(By.id("file")).sendKeys(file.toString());
        click(browser, "button[value=read]");
        await().atMost(DEADLINE)
                .until(() -> !browser.driver().findElements(By.name("uploaded")).isEmpty());
        click(browser, "button[value=preview]");
        awaitAddress(browser, "/plans/");
        approve(browser);
        await().atMost(DEADLINE)
                .untilAsserted(() ->
                        assertThat(download(browser, stack + "/template"))
                                .isEqualTo(crlf.getBytes(StandardCharsets.UTF_8)));
        browser.driver().get(stack);
        awaitText(browser, "#state", "Updated");
    }

    private static String starter() throws IOException {
        try (InputStream in =
                MainJobTest.class.getResourceAsStream("/starters/" + STARTER + ".yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** In light and dark and on a telephone; what is wrong is said at the end, all at once. */
    private void reachAll(Browser browser, String name) {
        quiet(browser, name);
        for (var theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.driver().navigate().refresh();
            softly.assertThat(browser.axe()).as("axe at " + name + ", " + theme).isEmpty();
            browser.screenshot("main-job-" + name + "-" + theme);
        }
        browser.width(360);
        softly.assertThat(browser.overflows()).as("width of " + name + " at 360 px").isEmpty();
        browser.screenshot("main-job-" + name + "-360");
        browser.width(0);
        quiet(browser, name);
    }

    private void quiet(Browser browser, String name) {
        softly.assertThat(browser.console()).as("console at " + name).isEmpty();
    }

    private static void openStack(Browser browser) {
        follow(browser, "Stacks");
        follow(browser, "main-job");
    }

    private static void follow(Browser browser, String link) {
        var found = browser.driver().findElement(By.partialLinkText(link));
        browser.driver().get(Objects.requireNonNull(found.getAttribute("href")));
    }

    private static void approve(Browser browser) {
        click(browser, ".approve button.go");
        awaitText(browser, "#plan-state", "carried out|runs");
    }

    /** Without waiting: whoever leaves the page next has to await what the click leads to first. */
    private static void click(Browser browser, String selector) {
        var element = browser.driver().findElement(By.cssSelector(selector));
        browser.driver().executeScript("arguments[0].click()", element);
    }

    private static void type(Browser browser, String id, String text) {
        browser.driver().findElement(By.id(id)).sendKeys(text);
    }

    /** The first real choice of a picker, or the one that leads outside. */
    private static void choose(Browser browser, String id) {
        var select = new Select(browser.driver().findElement(By.id(id)));
        var options =
                select.getOptions().stream()
                        .filter(option ->
                                !Objects.requireNonNull(option.getAttribute("value")).isEmpty())
                        .toList();
        assertThat(options).as("choices of " + id).isNotEmpty();
        var chosen =
                options.stream()
                        .filter(option -> PREFERRED.contains(option.getText().split(" ")[0]))
                        .findFirst()
                        .orElse(options.getFirst());
        select.selectByValue(Objects.requireNonNull(chosen.getAttribute("value")));
    }

    private static final String DISCARD = ".banner form button.btn";
    private static final List<String> PREFERRED = List.of("public", "external", "m1.small");

    private static void write(Browser browser, String text) {
        var area = browser.driver().findElement(By.id("template"));
        browser.driver()
                .executeScript(
                        "arguments[0].dispatchEvent(new CustomEvent('sw:text', {detail:"
                                + " arguments[1]}))",
                        area,
                        text);
    }

    private static String text(Browser browser, String selector) {
        return browser.driver().findElement(By.cssSelector(selector)).getText();
    }

    private static void awaitText(Browser browser, String selector, String pattern) {
        await("%s says %s".formatted(selector, pattern))
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() ->
                        assertThat(text(browser, selector))
                                .as(browser.driver().getCurrentUrl())
                                .containsPattern(pattern));
    }

    private static void awaitAddress(Browser browser, String part) {
        await(part + " is reached")
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() ->
                        assertThat(browser.driver().getCurrentUrl())
                                .as(() -> text(browser, "main"))
                                .contains(part));
    }

    private static byte[] download(Browser browser, String url) throws Exception {
        var cookies =
                browser.driver().manage().getCookies().stream()
                        .map((Cookie cookie) -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; "));
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url)).header("Cookie", cookies).build();
            return client.send(request, BodyHandlers.ofByteArray()).body();
        }
    }

    /** What Alice's project has, by kind. */
    private Map<String, Integer> counts() {
        Cloud cloud = app.bean(Clouds.class).get(new CloudName("demo"));
        var home = Credentials.Domain.named("Default");
        var token =
                cloud.authenticate(
                        new Credentials.Password("alice", home, "demo"),
                        Scope.projectNamed("shop", home));
        Map<String, Request> requests =
                Map.of(
                        "servers", get(Service.COMPUTE, "/servers"),
                        "volumes", get(Service.VOLUME, "/volumes"),
                        "networks", get(Service.NETWORK, "/networks"),
                        "subnets", get(Service.NETWORK, "/subnets"),
                        "ports", get(Service.NETWORK, "/ports"),
                        "routers", get(Service.NETWORK, "/routers"),
                        "floatingips", get(Service.NETWORK, "/floatingips"),
                        "security_groups", get(Service.NETWORK, "/security-groups"),
                        "application_credentials",
                                get(
                                        Service.IDENTITY,
                                        "/users/{}/application_credentials",
                                        token.user().value()));
        var counts = new TreeMap<String, Integer>();
        cloud.as(
                token,
                os -> {
                    requests.forEach(
                            (key, request) -> counts.put(key, os.list(request, key).size()));
                    return counts;
                });
        return counts;
    }
}
