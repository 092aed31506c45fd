package dev.stackwright.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stackwright.App;
import dev.stackwright.Browser;
import dev.stackwright.Client;
import dev.stackwright.Client.Answered;
import dev.stackwright.access.Sessions;
import dev.stackwright.demo.DemoCloud;
import dev.stackwright.kernel.CloudName;
import dev.stackwright.kernel.ProjectId;
import dev.stackwright.kernel.UserId;
import dev.stackwright.kernel.Viewer;
import dev.stackwright.stack.Stacks;
import dev.stackwright.web.Routes.Route;
import dev.stackwright.web.audit.Unrecorded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Walks every address that there is as owner, reader, stranger, administrator and nobody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteWalkTest {

    /** These are for everybody, or for whoever is signed in, whatever their role. */
    private static final Set<String> OPEN =
            Set.of("/", "/sign-in", "/sign-out", "/theme", "/favicon.ico", "/assets/{name:.+}");

    /** What takes a POST from nobody at all, and why; each answers 404 to what is not genuine. */
    private static final Map<String, String> WITHOUT_ANYBODY =
            Map.of(
                    "/signals/{resource}/{until}/{signature}",
                    "servers and alarms have no account; the address is signed, expires, and is"
                            + " throttled");

    /** Pages that ask the cloud while somebody waits: there is no other way to have a console. */
    private static final Set<String> MAY_ASK_THE_CLOUD =
            Set.of("/c/{cloud}/p/{project}/instances/{id}/log");

    private static final String TEMPLATE =
            """
            heat_template_version: 2021-04-16
            resources:
              net:
                type: OS::Neutron::Net
                properties:
                  name: walked-net
            """;

    private static final String HOSTILE =
            "%3Cimg%20src%3Daddress%20onerror%3Dalert(1)%3E%00%E2%80%AE";

    private final App app = App.started();
    private final Map<String, Client> cast = new LinkedHashMap<>();
    private final Map<String, String> things = new LinkedHashMap<>();

    @BeforeAll
    void everybodyComesIn() {
        for (String user : List.of("alice", "bob", "charlie", "ada")) {
            cast.put(user, Client.of(app, user));
        }
        cast.put("nobody", new Client(app.url()));
        thingsOfTheShop();
    }

    /** One of each kind that has pages of its own. */
    private void thingsOfTheShop() {
        String server =
                await().atMost(Browser.PATIENCE)
                        .until(() -> serverNamed("web-1"), found -> !found.isEmpty());
        things.put("instances", server);
        things.put("usage/resources", server);
        await().atMost(Browser.PATIENCE)
                .until(() ->
                        person("alice").get(overview() + "/usage/resources/" + server).status()
                                == 200);
        for (String list :
                List.of(
                        "images",
                        "flavors",
                        "volumes",
                        "snapshots",
                        "volume-types",
                        "networks",
                        "subnets",
                        "routers",
                        "ports",
                        "floating-ips",
                        "security-groups")) {
            String thing =
                    await().atMost(Browser.PATIENCE)
                            .until(() -> firstOf(overview() + "/" + list), id -> !id.isEmpty());
            things.put("project}/" + list, thing);
            things.put("changes/" + list, thing);
        }
        things.put("admin/hosts", firstOf("/c/demo/admin/hosts"));
        Answered previewed =
                person("alice")
                        .submit(
                                overview() + "/stacks/new",
                                Map.of("name", "walked", "template", TEMPLATE));
        String plan = lastOf(previewed.location());
        things.put("plans", plan);
        person("alice").submit(overview() + "/plans/" + plan + "/approve", Map.of());
        Viewer alice =
                new Viewer(
                        new CloudName("demo"),
                        new ProjectId(DemoCloud.projectId("shop")),
                        new UserId(DemoCloud.userId("alice")),
                        Set.of("member"),
                        false);
        UUID stack =
                app.bean(Stacks.class).plan(alice, UUID.fromString(plan)).orElseThrow().stack();
        things.put("stacks", stack.toString());
    }

    private String serverNamed(String name) {
        return person("alice")
                .get(overview() + "/instances?name=" + name)
                .page()
                .select("main a[href*=/instances/]")
                .stream()
                .filter(link -> link.text().equals(name))
                .map(link -> lastOf(link.attr("href")))
                .findFirst()
                .orElse("");
    }

    /** The oldest thing of a list, which no other test is about to delete. */
    private String firstOf(String list) {
        return person(list.contains("/admin/") ? "ada" : "alice")
                .get(list + "?sort=created")
                .page()
                .select("tbody#rows th a")
                .stream()
                .map(link -> lastOf(link.attr("href")))
                .findFirst()
                .orElse("");
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceAll("[?#].*", "");
    }

    private String path(Route route) {
        return route.path("shop", things);
    }

    private static String with(String path, String query) {
        return path + (path.contains("?") ? "&" : "?") + query;
    }

    private Answered get(String who, Route route) {
        return person(who).get(path(route));
    }

    private Client person(String who) {
        return Objects.requireNonNull(cast.get(who));
    }

    private List<Route> pages() {
        return Routes.gets(app).stream().filter(r -> !OPEN.contains(r.pattern())).toList();
    }

    @Test
    void whoMayNotSeeAPageDoesNotFindIt() {
        var softly = new SoftAssertions();
        for (Route route : pages()) {
            softly.assertThat(get("nobody", route).status()).as("nobody " + route).isEqualTo(303);
            if (route.ofProject()) {
                softly.assertThat(get("charlie", route).status())
                        .as("charlie " + route)
                        .isEqualTo(404);
            } else if (route.ofAdministrators()) {
                for (String who : List.of("alice", "bob", "charlie")) {
                    softly.assertThat(get(who, route).status())
                            .as(who + " " + route)
                            .isEqualTo(404);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void whoMaySeeAPageGetsItAndNeverAFailure() {
        var softly = new SoftAssertions();
        for (Route route : pages()) {
            List<String> readers =
                    route.ofAdministrators() ? List.of("ada") : List.of("alice", "bob", "ada");
            for (String who : readers) {
                int status = get(who, route).status();
                if (route.ofThing() && (!route.ofOneOf(things) || route.ofSomeKinds())) {
                    softly.assertThat(status).as(who + " " + route).isLessThan(500);
                } else {
                    softly.assertThat(status).as(who + " " + route).isIn(200, 204, 303, 304, 403);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void noPageAsksTheCloud() {
        var softly = new SoftAssertions();
        for (Route route : pages()) {
            if (!MAY_ASK_THE_CLOUD.contains(route.pattern())) {
                Answered answered = get(route.ofAdministrators() ? "ada" : "alice", route);
                softly.assertThat(app.callsOf(answered.request())).as(route.toString()).isEmpty();
            }
        }
        softly.assertAll();
    }

    @Test
    void aFormFromElsewhereChangesNothing() {
        var softly = new SoftAssertions();
        for (Route route : Routes.posts(app)) {
            if (WITHOUT_ANYBODY.containsKey(route.pattern())) {
                continue;
            }
            for (String who : cast.keySet()) {
                softly.assertThat(person(who).post(path(route), Map.of()).status())
                        .as(who + " " + route)
                        .isEqualTo(403);
            }
        }
        softly.assertAll();
    }

    @Test
    void whatTakesAPostFromNobodyFindsNothingUnderAnAddressThatIsNotGenuine() {
        var softly = new SoftAssertions();
        for (Route route : Routes.posts(app)) {
            if (WITHOUT_ANYBODY.containsKey(route.pattern())) {
                for (String who : cast.keySet()) {
                    softly.assertThat(person(who).post(path(route), Map.of()).status())
                            .as(who + " " + route)
                            .isEqualTo(404);
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void readersAndStrangersChangeNothing() {
        var softly = new SoftAssertions();
        for (Route route : Routes.posts(app)) {
            if (OPEN.contains(route.pattern())
                    || route.handler().hasMethodAnnotation(Unrecorded.class)) {
                continue;
            }
            for (String who : List.of("bob", "charlie")) {
                softly.assertThat(person(who).submit(path(route), Map.of()).status())
                        .as(who + " " + route)
                        .isIn(403, 404, 415);
            }
            softly.assertThat(person("nobody").submit(path(route), Map.of()).status())
                    .as("nobody " + route)
                    .isIn(303, 401, 403);
        }
        softly.assertAll();
    }

    @Test
    void everyPageHasATitleAHeadingAndNoScriptOrStyleOfItsOwn() {
        var softly = new SoftAssertions();
        for (Route route : pages()) {
            Answered answered = get(route.ofAdministrators() ? "ada" : "alice", route);
            if (!answered.body().contains("<html")) {
                continue;
            }
            Document page = answered.page();
            softly.assertThat(page.title()).as("title of " + route).endsWith("· Stackwright");
            softly.assertThat(page.select("h1")).as("h1 of " + route).hasSize(1);
            softly.assertThat(page.select("h1").text()).as("h1 of " + route).isNotBlank();
            softly.assertThat(page.select("html").attr("lang"))
                    .as("lang of " + route)
                    .isEqualTo("en");
            softly.assertThat(page.select("[style], style, script:not([src])"))
                    .as("inline style or script of " + route)
                    .isEmpty();
            softly.assertThat(page.select("form[method=post]:not(:has(input[name=_csrf]))"))
                    .as("unguarded forms of " + route)
                    .isEmpty();
        }
        softly.assertAll();
    }

    @Test
    void hostileTextInTheAddressIsTextOnThePage() {
        var softly = new SoftAssertions();
        for (Route route : pages()) {
            String query =
                    "q="
                            + HOSTILE
                            + "&sort="
                            + HOSTILE
                            + "&cursor="
                            + HOSTILE
                            + "&action="
                            + HOSTILE
                            + "&status="
                            + HOSTILE
                            + "&from="
                            + HOSTILE
                            + "&since="
                            + HOSTILE;
            Answered answered =
                    person(route.ofAdministrators() ? "ada" : "alice")
                            .get(with(path(route), query));
            softly.assertThat(answered.status()).as(route.toString()).isLessThan(500);
            softly.assertThat(answered.body())
                    .as(route.toString())
                    .doesNotContain("<img src=address");
        }
        softly.assertAll();
    }

    @Test
    void addressesThatAreNoneGetAPageAndNoTrace() {
        var softly = new SoftAssertions();
        for (String path :
                List.of(
                        "/nothing",
                        "/c/demo/p/" + DemoCloud.projectId("shop") + "/nothing",
                        "/c/elsewhere/p/x",
                        "/c/demo/admin/nothing",
                        "/a;b=c",
                        "//x",
                        "/%25",
                        "/assets/app-000000000000.css",
                        "/h2-console",
                        "/actuator/env")) {
            Answered answered = person("alice").get(path);
            softly.assertThat(answered.status()).as(path).isBetween(400, 404);
            softly.assertThat(answered.body()).as(path).doesNotContain("Exception", "\tat ");
        }
        softly.assertAll();
    }

    @Test
    void theMethodThatAPageDoesNotHaveIsRefusedWithAPage() {
        Answered answered = person("alice").submit(overview(), Map.of());

        assertThat(answered.status()).isEqualTo(405);
        assertThat(answered.page().select("h1")).hasSize(1);
    }

    private static String overview() {
        return "/c/demo/p/" + DemoCloud.projectId("shop");
    }

    @Test
    void whatIsSecretIsNeitherInPagesNorInTheLogNorInTheDatabaseInClear() throws Exception {
        String canary = "canary-7f3a9c-never-written-down";
        Client stranger = new Client(app.url());
        List<String> pages = new ArrayList<>();
        pages.add(stranger.signIn("alice", canary).body());
        var sessions = app.bean(Sessions.class);
        Client alice = Client.of(app, "alice");
        for (Route route : pages()) {
            pages.add(alice.get(path(route)).body());
        }
        var signIns =
                app.bean(JdbcClient.class)
                        .sql("select id from sign_in where user_name = 'alice'")
                        .query(UUID.class)
                        .list();
        List<String> secrets = new ArrayList<>(List.of(canary));
        for (UUID signIn : signIns) {
            secrets.add(
                    sessions.token(
                                    Objects.requireNonNull(signIn),
                                    new ProjectId(DemoCloud.projectId("shop")))
                            .id());
        }

        assertThat(secrets).hasSizeGreaterThan(1);
        for (String secret : secrets) {
            assertThat(pages).noneMatch(page -> page.contains(secret));
            assertThat(app.log()).doesNotContain(secret);
            try (var files = Files.list(app.folder())) {
                for (var file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(secret);
                }
            }
        }
    }

    @Test
    void axeFindsNothingOnAnyPageInLightOrDarkOrOnATelephone() {
        var softly = new SoftAssertions();
        try (Browser browser = Browser.at(app)) {
            browser.open("/sign-in");
            check(browser, "sign-in", softly);
            browser.driver()
                    .executeScript(
                            "document.querySelector('main').append(document.createElement('img'))");
            assertThat(browser.axe()).as("what axe says of a picture without words").hasSize(1);
            browser.signIn("ada");
            for (Route route : pages()) {
                if (!isPage(route)) {
                    continue;
                }
                browser.theme("light").width(0).open(path(route));
                check(browser, "light " + route, softly);
                browser.theme("dark").width(320).open(path(route));
                check(
                        browser,
                        "320 px " + route,
                        softly,
                        browser.overflows(),
                        browser.axe(OF_THE_DARK_AND_NARROW));
            }
            browser.theme("light").width(0).open(overview() + "/nothing");
            check(browser, "404", softly);
        }
        softly.assertAll();
    }

    /** What darkness and a narrow window can break that holds in a wide and light one. */
    private static final List<String> OF_THE_DARK_AND_NARROW =
            List.of("color-contrast", "target-size", "scrollable-region-focusable");

    private boolean isPage(Route route) {
        Answered answered = get("ada", route);
        return answered.status() == 200 && answered.body().contains("<html");
    }

    private static void check(Browser browser, String what, SoftAssertions softly) {
        var console =
                browser.console().stream().filter(line -> !line.contains("status of 404")).toList();
        check(browser, what, softly, console, browser.axe());
    }

    /** A picture is taken of what is wrong only: of every page it would take minutes. */
    private static void check(
            Browser browser,
            String what,
            SoftAssertions softly,
            List<String> wrong,
            List<String> axe) {
        softly.assertThat(wrong).as("console or width: " + what).isEmpty();
        softly.assertThat(axe).as("axe: " + what).isEmpty();
        if (!wrong.isEmpty() || !axe.isEmpty()) {
            browser.screenshot(what.replaceAll("[^a-zA-Z0-9]+", "-"));
        }
    }

    @Test
    void everythingCanBeReachedByKeyboard() {
        try (Browser browser = Browser.at(app)) {
            browser.signIn("alice").open(overview());
            var keys = browser.driver().switchTo().activeElement();

            keys.sendKeys(Keys.TAB);

            assertThat(browser.driver().switchTo().activeElement().getAttribute("class"))
                    .isEqualTo("skip");
            List<String> reached = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                var focused = browser.driver().switchTo().activeElement();
                reached.add(focused.getText() + "|" + focused.getAttribute("href"));
                focused.sendKeys(Keys.TAB);
            }
            assertThat(reached).anyMatch(r -> r.endsWith("/audit"));
        }
    }
}
