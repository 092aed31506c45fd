package dev.stackwright;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium at the application. Missing Chromium fails the test: see {@code ./verify}.
 *
 * <p>Nothing here relies on how fast something is: whoever asks for an element waits until it is
 * there, {@link #press} waits for the next page, and what changes on a page by itself is awaited
 * with {@link #awaitText}, which asserts what is said in the same breath.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    /** For whatever arrives by itself, on a machine that is slow and does other things besides. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ChromeDriver driver;
    private final String url;
    private final Path profile;

    private Browser(ChromeDriver driver, String url, Path profile) {
        this.driver = driver;
        this.url = url;
        this.profile = profile;
    }

    public static Browser at(App app) {
        return at(app.url());
    }

    public static Browser at(String url) {
        Path profile;
        try {
            profile = Files.createTempDirectory("stackwright-browser-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, "/usr/bin/chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--window-size=1440,1000",
                "--user-data-dir=" + profile);
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        ChromeDriver driver = new ChromeDriver(options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return new Browser(driver, url, profile);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Goes to a path of the application, or to a whole address; the page is there afterwards. */
    public Browser open(String path) {
        driver.get(path.startsWith("http") ? path : url + path);
        return this;
    }

    /** Signs one of the cast in, by the form, and waits for the answer. */
    public Browser signIn(String user) {
        return open("/sign-in")
                .type("user", user)
                .type("password", "demo")
                .press("main form button.go");
    }

    /** Clicks what leads to another page, and waits until that is there with its scripts. */
    public Browser press(String selector) {
        click(selector);
        awaiting("another page after " + selector)
                .untilAsserted(() ->
                        assertThat(
                                        driver.executeScript(
                                                "return !document.left"
                                                        + " && document.readyState === 'complete'"))
                                .as(this::whole)
                                .isEqualTo(true));
        return this;
    }

    /** Clicks what changes the page that is there; what it leads to has to be awaited. */
    public Browser click(String selector) {
        // Nothing is ignored here, lest it be clicked twice.
        await(selector + " to be clicked")
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(
                                        driver.executeScript(
                                                """
                                                const found = document.querySelector(arguments[0]);
                                                if (!found || document.readyState !== 'complete') return false;
                                                document.left = true;
                                                found.click();
                                                return true;
                                                """,
                                                selector))
                                .as(this::whole)
                                .isEqualTo(true));
        return this;
    }

    /** Goes where the first link with these words leads. */
    public Browser follow(String words) {
        return open(
                until(
                        "a link with " + words,
                        () ->
                                driver.executeScript(
                                        """
                                        return [...document.querySelectorAll('a[href]')]
                                            .find(a => a.innerText.includes(arguments[0]))?.href
                                        """,
                                        words)));
    }

    /** Where it is. */
    public String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    /** What the first of these says, once there is one. */
    public String text(String selector) {
        return until("text of " + selector, () -> driver.findElement(css(selector)).getText());
    }

    /** What all of these say, a line each; empty when there is none. */
    public String texts(String selector) {
        return until(
                "texts of " + selector,
                () ->
                        found(selector).stream()
                                .map(WebElement::getText)
                                .collect(Collectors.joining("\n")));
    }

    /** Waits until the first of these says all of that. */
    public Browser awaitText(String selector, CharSequence... parts) {
        awaiting("%s says %s".formatted(selector, List.of(parts)))
                .untilAsserted(() ->
                        assertThat(driver.findElement(css(selector)).getText())
                                .as(this::address)
                                .contains(parts));
        return this;
    }

    /** Waits until there is one of these. */
    public Browser awaitFound(String selector) {
        awaiting(selector)
                .untilAsserted(() -> assertThat(found(selector)).as(this::whole).isNotEmpty());
        return this;
    }

    /** Those that are there now. */
    public List<WebElement> found(String selector) {
        return driver.findElements(css(selector));
    }

    /** What an element has in a field of this id. */
    public String value(String id) {
        return until("value of " + id, () -> driver.findElement(By.id(id)).getDomProperty("value"));
    }

    /** Puts it into a field instead of what was there. */
    public Browser type(String id, CharSequence text) {
        until(
                "field " + id,
                () -> {
                    var field = driver.findElement(By.id(id));
                    field.clear();
                    field.sendKeys(text);
                    return id;
                });
        return this;
    }

    /** The first choice of a picker that begins so. */
    public Browser choose(String id, String start) {
        until(
                start + " of " + id,
                () ->
                        new Select(driver.findElement(By.id(id)))
                                .getOptions().stream()
                                        .filter(option -> option.getText().startsWith(start))
                                        .findFirst()
                                        .map(option -> {
                                            option.click();
                                            return id;
                                        })
                                        .orElse(null));
        return this;
    }

    /** Puts a text into the editor, as a starter gets there. */
    public Browser write(String template) {
        awaitFound("#template[data-ready]");
        driver.executeScript(
                """
                document.getElementById('template')
                    .dispatchEvent(new CustomEvent('sw:text', {detail: arguments[0]}))
                """,
                template);
        return this;
    }

    /** What is in the editor. */
    public String written() {
        return value("template");
    }

    /** With patience, and with what is gone between one look and the next looked for again. */
    public static ConditionFactory awaiting(String what) {
        return await(what).atMost(PATIENCE).ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    private static String until(String what, Callable<@Nullable Object> question) {
        return String.valueOf(awaiting(what).until(question, Objects::nonNull));
    }

    private static By css(String selector) {
        return By.cssSelector(selector);
    }

    /** For the message of a failure. */
    private String whole() {
        return address() + "\n" + driver.findElement(By.tagName("body")).getText();
    }

    /** "light" or "dark" from the next page on. */
    public Browser theme(String theme) {
        driver.manage().addCookie(new Cookie.Builder("stackwright-theme", theme).path("/").build());
        return this;
    }

    /** A telephone of this width, or 0 for the desk again. */
    public Browser width(int pixels) {
        if (pixels == 0) {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        } else {
            driver.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", true));
        }
        return this;
    }

    /** What axe finds wrong on the page, in a line each; empty when all is well. */
    public List<String> axe() {
        // The bar that floats above a page covers half a line here and there; scrolling uncovers
        // it.
        driver.executeScript(
                "document.querySelectorAll('.approve').forEach(e => e.style.position = 'static')");
        return violations(new AxeBuilder().withTags(RULES));
    }

    /** The same for some rules alone, where the others cannot have become different. */
    public List<String> axe(List<String> rules) {
        return violations(new AxeBuilder().withOnlyRules(rules));
    }

    /** Without a second window for each analysis, which only pages with frames need. */
    private List<String> violations(AxeBuilder axe) {
        return axe.setLegacyMode().analyze(driver).getViolations().stream()
                .map(Browser::line)
                .toList();
    }

    private static String line(Rule rule) {
        return rule.getId()
                + ": "
                + rule.getHelp()
                + " at "
                + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
    }

    /** What the console has said since it was last asked: violated policies, failing scripts. */
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What makes the page wider than the window; empty when it is not. */
    public List<String> overflows() {
        try {
            new WebDriverWait(driver, Duration.ofSeconds(30)).until(_ -> tooWide().isEmpty());
            return List.of();
        } catch (TimeoutException stillTooWide) {
            return tooWide();
        }
    }

    /** A chart that is being drawn may be too wide for a moment; see {@link #overflows}. */
    private List<String> tooWide() {
        Object found =
                driver.executeScript(
                        """
                        const room = document.documentElement.clientWidth;
                        if (document.documentElement.scrollWidth <= room) return [];
                        return [...document.body.querySelectorAll('*')]
                            .filter(e => e.getBoundingClientRect().right > room)
                            .map(e => e.outerHTML.slice(0, 120));
                        """);
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).limit(12).toList();
    }

    /** Writes the whole page to {@code target/screenshots/<name>.png}. */
    public Path screenshot(String name) {
        try {
            Path file = Path.of("target", "screenshots", name + ".png");
            Files.createDirectories(file.getParent());
            return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        try (var files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            // The profile lies in the temporary folder; somebody will sweep it.
        }
    }
}
