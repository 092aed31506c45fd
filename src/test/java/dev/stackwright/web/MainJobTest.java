package dev.stackwright.web;

import static dev.stackwright.cloud.Request.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.cloud.Cloud;
import dev.stackwright.cloud.Clouds;
import dev.stackwright.cloud.Credentials;
import dev.stackwright.cloud.Request;
import dev.stackwright.cloud.Scope;
import dev.stackwright.cloud.Service;
import dev.stackwright.demo.DemoCloud;
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
import org.openqa.selenium.WebElement;

/** What most people come for, from signing in to leaving nothing behind, as Alice sees it. */
class MainJobTest {

    private static final String SHOP = "/c/demo/p/" + DemoCloud.projectId("shop");
    private static final String STARTER = "server-with-network-and-volume";

    private final App app = App.started();
    private final SoftAssertions softly = new SoftAssertions();

    @Test
    void aliceMakesAStackChangesItAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
        var before = counts();
        // Of another test: who has a draft is asked about it first.
        Client.of(app, "alice").submit(SHOP + "/stacks/new/discard", Map.of());
        try (var browser = Browser.at(app)) {
            browser.signIn("alice");
            reachAll(browser, "overview");
            browser.follow("Stacks");
            reachAll(browser, "stacks-empty");
            browser.press("a.btn.go");
            assertThat(browser.address()).contains("/stacks/new");
            reachAll(browser, "stack-new");
            var source = starter();
            browser.press("a[href$='starter=" + STARTER + "']");
            assertThat(browser.address()).contains("starter=" + STARTER);
            reachAll(browser, "stack-form");

            saysWhatIsMissing(browser);
            browser.type("name", "main-job");
            choose(browser, "p.image");
            choose(browser, "p.flavor");
            choose(browser, "p.external_network");
            browser.press("button[value=preview]");
            assertThat(browser.address()).contains("/plans/");
            assertThat(browser.text("h1")).contains("main-job");
            reachAll(browser, "plan-create");

            approve(browser);
            var plan = browser.address();
            assertThat(new String(download(browser, plan + "/run"), StandardCharsets.UTF_8))
                    .contains("id=\"run\"");
            browser.follow("Stacks").follow("main-job");
            browser.awaitText("#state", "Created")
                    .awaitText("#events", "server", "floating_ip", "Created")
                    .awaitText("#outputs", "address", "inside");
            reachAll(browser, "stack");
            var stack = browser.address();
            assertThat(download(browser, stack + "/template"))
                    .isEqualTo(source.getBytes(StandardCharsets.UTF_8));

            browser.press("#resources a[href*='/instances/']");
            var instance = browser.address();
            assertThat(instance).contains("/instances/");
            Browser.awaiting("the address of the instance")
                    .untilAsserted(() ->
                            assertThat(browser.open(instance).text("main")).contains("10.20.0."));
            reachAll(browser, "instance");

            browser.open(stack + "/edit");
            reachAll(browser, "stack-edit");
            var changed = source.replace("web in from everywhere", "web in from anywhere");
            changed = changed.replace("SSH and web from everywhere", "SSH and web, changed");
            browser.write(changed).press("button[value=preview]");
            assertThat(browser.address()).contains("/plans/");
            assertThat(browser.text("main")).contains("security_group", "in place");
            assertThat(browser.text(".pd")).contains("description", "SSH and web, changed");
            assertThat(browser.text("table.diff")).contains("SSH and web, changed");
            reachAll(browser, "plan-update");
            approve(browser);
            browser.open(stack).awaitText("#state", "Updated");
            assertThat(download(browser, stack + "/template"))
                    .isEqualTo(changed.getBytes(StandardCharsets.UTF_8));

            uploadsCrlfByteForByte(browser, stack, changed, folder);

            browser.follow("Usage");
            assertThat(browser.address()).contains("/usage");
            reachAll(browser, "usage");

            browser.open(stack).press("form[action$='/delete'] button");
            assertThat(browser.address()).contains("/plans/");
            assertThat(browser.text("h1")).contains("main-job");
            reachAll(browser, "plan-delete");
            browser.found("[name=loss]").forEach(WebElement::click);
            approve(browser);
            browser.open(stack).awaitText("#state", "Deleted");
            reachAll(browser, "stack-deleted");
        }
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() -> assertThat(counts()).isEqualTo(before));
        softly.assertAll();
    }

    private void saysWhatIsMissing(Browser browser) {
        browser.driver().executeScript("document.querySelector('form.stackv').noValidate = true");
        browser.press("button[value=preview]").awaitText(".errsum", "Image");
        softly.assertThat(browser.axe()).as("axe at the refused form").isEmpty();
        browser.screenshot("main-job-refused");
        quiet(browser, "the refused form");
    }

    /** Nothing but line ends differs: still a version of its own, as it was uploaded. */
    private void uploadsCrlfByteForByte(Browser browser, String stack, String source, Path folder)
            throws Exception {
        var crlf = source.replace("\n", "\r\n");
        var file = Files.writeString(folder.resolve("windows.yaml"), crlf);
        browser.open(stack + "/edit").driver().findElement(By.id("file")).sendKeys(file.toString());
        browser.press("button[value=read]").awaitFound("[name=uploaded]");
        browser.press("button[value=preview]");
        assertThat(browser.address()).contains("/plans/");
        approve(browser);
        await().atMost(Browser.PATIENCE)
                .untilAsserted(() ->
                        assertThat(download(browser, stack + "/template"))
                                .isEqualTo(crlf.getBytes(StandardCharsets.UTF_8)));
        browser.open(stack).awaitText("#state", "Updated");
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

    private static void approve(Browser browser) {
        browser.press(".approve button.go");
        assertThat(browser.text("#plan-state")).containsPattern("carried out|runs");
    }

    /** The first real choice of a picker, or the one that leads outside. */
    private static void choose(Browser browser, String id) {
        var choices =
                browser.found("[id='" + id + "'] option").stream()
                        .filter(option ->
                                !Objects.requireNonNull(option.getAttribute("value")).isEmpty())
                        .map(WebElement::getText)
                        .toList();
        assertThat(choices).as("choices of " + id).isNotEmpty();
        browser.choose(
                id,
                choices.stream()
                        .filter(choice -> PREFERRED.contains(choice.split(" ")[0]))
                        .findFirst()
                        .orElse(choices.getFirst()));
    }

    private static final List<String> PREFERRED = List.of("public", "external", "m1.small");

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
