package dev.stackwright;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium at the application. Missing Chromium fails the test: see {@code ./verify}.
 */
public final class Browser implements AutoCloseable {

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

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
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
        return new Browser(driver, url, profile);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Goes to a path of the application. */
    public Browser open(String path) {
        driver.get(url + path);
        return this;
    }

    /** Waits until a page has come in whole, after something that led to another one. */
    public Browser awaitLoaded() {
        new WebDriverWait(driver, Duration.ofSeconds(60))
                .ignoring(WebDriverException.class)
                .until(_ -> "complete".equals(driver.executeScript("return document.readyState")));
        return this;
    }

    /** Signs one of the cast in, by the form. */
    public Browser signIn(String user) {
        open("/sign-in");
        driver.findElement(By.id("user")).sendKeys(user);
        driver.findElement(By.id("password")).sendKeys("demo");
        driver.findElement(By.cssSelector("main form button.go")).click();
        // Whoever goes on before the answer is there is led back by it.
        new WebDriverWait(driver, Duration.ofSeconds(60))
                .ignoring(WebDriverException.class)
                .until(_ -> !String.valueOf(driver.getCurrentUrl()).contains("/sign-in"));
        return awaitLoaded();
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
            new WebDriverWait(driver, Duration.ofSeconds(5)).until(_ -> tooWide().isEmpty());
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
        return ((List<?>) java.util.Objects.requireNonNull(found))
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
