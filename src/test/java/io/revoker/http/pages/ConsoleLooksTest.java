package io.revoker.http.pages;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Every page in Chromium: without barriers, dark and light, wide and narrow, and by keyboard alone. */
@NeedsTools
class ConsoleLooksTest {
    private static final List<String> VIEWS =
            List.of("find", "sweeps", "live", "locks", "followers", "charts", "audit", "me");

    private static final String REALM = Api.fresh("looks");

    private static RunningService service;
    private static ConsolePage console;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
        for (int i = 0; i < 3; i++) {
            register("joe", "s" + i);
            register("ann", "s" + i);
        }
        revoke("{\"target\":{\"realm_name\":\"" + REALM + "\",\"username\":\"ann\"},\"until\":\""
                + Api.ahead(Duration.ofHours(1))
                + "\",\"reason\":{\"code\":\"compromise\",\"text\":\"phone lost\"}}");
        service.call("PUT", "/v1/followers/gateway-1")
                .basic(ClientFiles.ROOT, SECRET)
                .json("{\"confirmed\":\"0\",\"bound\":\"5s\"}")
                .send();
        console = ConsolePage.open(service);
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    private static void register(String user, String session) {
        service.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, SECRET)
                .json(String.format(
                        Locale.ROOT,
                        "{\"realm_name\":\"%s\",\"username\":\"%s\",\"mint\":[\"access_token\",\"refresh_token\"],"
                                + "\"client_id\":\"web\",\"session_id\":\"%s\",\"scope\":\"read write\"}",
                        REALM,
                        user,
                        session))
                .send();
    }

    private static void revoke(String document) {
        service.call("POST", "/v1/revocations")
                .basic(ClientFiles.ROOT, SECRET)
                .json(document)
                .send();
    }

    @ParameterizedTest
    @CsvSource({"light, desktop", "dark, desktop", "light, phone", "dark, phone"})
    void hasNoBarriers(String scheme, String device) {
        console.look(scheme);
        if (device.equals("phone")) {
            console.phone();
        } else {
            console.desktop();
        }
        List<String> found = new ArrayList<>();
        for (String path : List.of("/", "/docs")) {
            console.browser().driver().get(service.uri(path).toString());
            found.addAll(look(path, scheme, device));
        }
        console.go("");
        console.await("a form", () -> console.has("#log-in"));
        found.addAll(look("log-in", scheme, device));
        console.logIn(ClientFiles.ROOT);
        for (String view : VIEWS) {
            console.go("#" + view);
            console.await(
                    "its content",
                    () -> console.has(".view > *") && !console.text("main").contains("Connecting"));
            if (view.equals("charts")) {
                console.await("charts", () -> console.has(".u-wrap canvas"));
            }
            if (view.equals("find")) {
                console.await("the last lock", () -> console.text("#found").contains("locked"));
            }
            found.addAll(look(view, scheme, device));
        }
        console.look(REALM, "joe");
        console.await(
                "tokens",
                () -> console.has("#found tbody th.id")
                        && console.text("#found").contains("None within"));
        found.addAll(look("found", scheme, device));
        console.look(REALM, "");
        console.await("a lock", () -> console.text("#found").contains("Unlock"));
        console.click("revoke");
        found.addAll(look("confirm", scheme, device));
        console.click("cancel");
        console.logOut();
        assertThat(found).isEmpty();
        assertThat(console.browser().errors()).isEmpty();
    }

    private static List<String> look(String name, String scheme, String device) {
        console.screenshot(String.join("-", device, scheme, name.equals("/") ? "first" : name.replace("/", "")));
        List<String> found = new ArrayList<>();
        console.violations().forEach(one -> found.add(name + ": " + one));
        if (Boolean.TRUE.equals(console.browser().run("return document.documentElement.scrollWidth > innerWidth"))) {
            found.add(name + ": wider than the window");
        }
        return found;
    }

    /** Nothing else than keys: from the log-in to a revocation and back. */
    @Test
    void worksByKeyboardAlone() {
        register("kim", "s");
        console.desktop();
        console.look("light");
        console.go("");
        console.await("a form", () -> console.focused().equals("client"));
        press("root", Keys.TAB, SECRET, Keys.ENTER);
        console.await("the first view", () -> console.has("#realm"));
        tabTo("realm");
        press(REALM, Keys.TAB, "kim", Keys.ENTER);
        console.awaitCount("2");
        tabTo("reason-code");
        press("comp");
        tabTo("reason-text");
        press("seen by key");
        tabTo("revoke");
        press(Keys.ENTER);
        console.await("a dialog", () -> console.focused().equals("expect-max"));
        press(Keys.ESCAPE);
        console.await("no dialog", () -> !console.has("dialog"));
        assertThat(console.focused()).isEqualTo("revoke");
        press(Keys.ENTER);
        console.await("a dialog", () -> console.focused().equals("expect-max"));
        tabTo("do-it");
        press(Keys.ENTER);
        console.await("the counts", () -> console.shows("#told", "2 tokens invalidated"));
        tabTo("log-out");
        press(Keys.SPACE);
        console.await("a form", () -> console.focused().equals("client"));
    }

    @Test
    void locksUnlocksAndLooksAtTheTrailByKeyboardAlone() {
        register("lee", "s");
        console.desktop();
        console.go("");
        console.await("a form", () -> console.focused().equals("client"));
        press("root", Keys.TAB, SECRET, Keys.ENTER);
        console.await("the first view", () -> console.has("#realm"));
        tabTo("realm");
        press(REALM, Keys.TAB, "lee", Keys.ENTER);
        console.await(
                "a count",
                () -> console.has(".radius .big") && console.element("lock").isEnabled());
        tabTo("lock");
        press(Keys.ENTER);
        console.await("a dialog", () -> console.focused().equals("expect-max"));
        tabTo("do-it");
        press(Keys.ENTER);
        console.await("a lock", () -> console.text("#found").contains("Unlock"));
        tabTo("Unlock");
        press(Keys.SPACE);
        console.await("no lock", () -> !console.text("#found").contains("Unlock"));
        tabTo("Audit");
        press(Keys.ENTER);
        console.await("the trail", () -> console.has("#audit-user"));
        tabTo("audit-user");
        press("lee", Keys.ENTER);
        console.await("its entries", () -> console.shows("main tbody", "unlock"));
        assertThat(console.text("main tbody")).contains("user lee in realm " + REALM);
        tabTo("log-out");
        press(Keys.SPACE);
        console.await("a form", () -> console.focused().equals("client"));
    }

    private static void tabTo(String id) {
        console.tabTo(id);
    }

    private static void press(CharSequence... keys) {
        console.press(keys);
    }
}
