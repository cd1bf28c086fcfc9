package dev.signet.systemtests.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A headless Chromium of the system with a profile of its own. */
final class Chromium implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; where there is none, the test is skipped. */
    static Chromium start(Path profile, String... more) {
        Optional<Path> driver = installed("chromedriver");
        Optional<Path> chromium = installed("chromium");
        assumeTrue(
                driver.isPresent() && chromium.isPresent(),
                "Chromium is not installed: apt-get install chromium chromium-driver");
        List<String> arguments = new ArrayList<>(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en",
                "--user-data-dir=" + profile));
        arguments.addAll(Arrays.asList(more));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(arguments);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        ChromeDriver started = new ChromeDriver(service, options);
        started.manage().timeouts().implicitlyWait(Duration.ofSeconds(5)).pageLoadTimeout(Duration.ofSeconds(30));
        return new Chromium(started);
    }

    private static Optional<Path> installed(String program) {
        return Stream.of("/usr/bin", "/usr/local/bin")
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return String.valueOf(driver.getCurrentUrl());
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String language() {
        return String.valueOf(driver.findElement(By.tagName("html")).getDomAttribute("lang"));
    }

    boolean has(String id) {
        driver.manage().timeouts().implicitlyWait(Duration.ZERO);
        try {
            return !driver.findElements(By.id(id)).isEmpty();
        } finally {
            driver.manage().timeouts().implicitlyWait(Duration.ofSeconds(5));
        }
    }

    WebElement find(String id) {
        return driver.findElement(By.id(id));
    }

    /** What somebody types next goes there. */
    String focused() {
        return String.valueOf(driver.switchTo().activeElement().getDomAttribute("id"));
    }

    void type(String id, String text) {
        WebElement field = find(id);
        field.clear();
        field.sendKeys(text);
    }

    /** Presses a button, and waits for the page that comes of it. */
    void press(String id) {
        WebElement button = find(id);
        leaving(button::click);
    }

    /** The same by a script. */
    void leavingBy(String script) {
        leaving(() -> driver.executeScript(script));
    }

    private void leaving(Runnable action) {
        WebElement page = driver.findElement(By.tagName("html"));
        action.run();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    try {
                        page.isEnabled();
                        return false;
                    } catch (WebDriverException gone) {
                        return driver.executeScript("return document.readyState")
                                .equals("complete");
                    }
                });
    }

    void signIn(String username, String password) {
        type("username", username);
        type("password", password);
        press("login");
    }

    void back() {
        driver.navigate().back();
    }

    /** The handle of a new tab, which is shown. */
    String newTab() {
        return driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    void show(String tab) {
        driver.switchTo().window(tab);
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    Object runLong(String script) {
        return driver.executeAsyncScript(script);
    }

    /** As light or dark, as wide as a phone or a desk. */
    void look(boolean dark, boolean phone) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        phone ? 390 : 1280,
                        "height",
                        phone ? 844 : 800,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        phone));
        driver.manage().window().setSize(new Dimension(1280, 900));
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
