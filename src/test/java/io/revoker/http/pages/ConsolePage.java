package io.revoker.http.pages;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Browser;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The console in a browser, as a person uses it. */
record ConsolePage(RunningService service, Browser browser) implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    static ConsolePage open(RunningService service) {
        ConsolePage page = new ConsolePage(service, Browser.open());
        page.size(1280, 900);
        page.go("");
        return page;
    }

    /** @param rest of the address, after that of the console */
    void go(String rest) {
        browser.driver().get(service.uri("/console/").toString() + rest);
    }

    void size(int width, int height) {
        browser.driver().manage().window().setSize(new Dimension(width, height));
    }

    /** Shows pages as a phone does. */
    void phone() {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
    }

    void desktop() {
        browser.driver().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    /** What the browser tells pages that the system looks like. */
    void look(String scheme) {
        browser.driver()
                .executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void logIn(String client) {
        type("client", client);
        type("secret", ClientFiles.SECRET);
        click("log-in");
        await("logged in", () -> has(".caller"));
    }

    void logOut() {
        click("log-out");
        await("logged out", () -> has("#log-in"));
    }

    /** Looks for a realm, a user, or both; waits until their tokens are counted. */
    void look(String realm, String user) {
        go("#find");
        await("the form", () -> has("#realm"));
        type("realm", realm);
        type("user", user);
        click("look-up");
        await("a count", () -> has(".radius .big"));
    }

    /** Opens the dialog, and confirms it. */
    void revoke(String word) {
        click("revoke");
        if (has("#typed")) {
            type("typed", word);
        }
        click("do-it");
        await("an outcome", () -> has("#outcome .done"));
    }

    boolean has(String selector) {
        return !browser.driver().findElements(By.cssSelector(selector)).isEmpty();
    }

    String text(String selector) {
        try {
            return browser.driver().findElement(By.cssSelector(selector)).getText();
        } catch (StaleElementReferenceException replaced) {
            return text(selector);
        }
    }

    /** False also while there is no such element. */
    boolean shows(String selector, String text) {
        return has(selector) && text(selector).contains(text);
    }

    /** How many live tokens what was looked for has. */
    void awaitCount(String count) {
        await(
                "a count of " + count,
                () -> has(".radius .big") && text(".radius .big").equals(count));
    }

    void type(String id, String text) {
        await(id, () -> has("#" + id));
        WebElement field = element(id);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
    }

    void click(String id) {
        await(id, () -> has("#" + id) && element(id).isEnabled());
        element(id).click();
    }

    WebElement element(String id) {
        return browser.driver().findElement(By.id(id));
    }

    /** The id of what has the focus. */
    String focused() {
        return String.valueOf(browser.run("return document.activeElement.id || document.activeElement.textContent"));
    }

    /** Goes on from what has the focus to what has the id, or the text, by the tab key. */
    void tabTo(String id) {
        for (int i = 0; i < 80 && !focused().equals(id); i++) {
            press(Keys.TAB);
        }
        assertThat(focused()).isEqualTo(id);
    }

    void press(CharSequence... keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    void await(String what, BooleanSupplier condition) {
        until(what + ": " + browser.driver().getCurrentUrl(), condition);
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), browser.driver().getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What axe finds wrong with the page as it is. */
    List<?> violations() {
        browser.run(axe());
        return (List<?>)
                Optional.ofNullable(browser.driver().executeAsyncScript("""
                        const done = arguments[arguments.length - 1];
                        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
                          .then(found => done(found.violations.map(one => one.id + ': '
                            + one.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; '))),
                            failed => done([String(failed)]));
                        """)).orElseThrow();
    }

    private static String axe() {
        String packages = Optional.ofNullable(System.getenv("REVOKER_TEST_NPM"))
                .orElseThrow(() -> new IllegalStateException(
                        "REVOKER_TEST_NPM: not set (expected: a folder with node_modules, as .ci/run installs them)"));
        try {
            return Files.readString(Path.of(packages, "node_modules", "axe-core", "axe.min.js"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
