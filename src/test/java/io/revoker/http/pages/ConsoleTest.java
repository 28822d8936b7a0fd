package io.revoker.http.pages;

import static io.revoker.testing.ClientFiles.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** A person at night uses the console in Chromium, with a second one at another desk. */
@NeedsTools
class ConsoleTest {
    private static final int USERS = 1000;
    private static final int PAIRS = 100;
    private static final Pattern REFUSED = Pattern.compile("Failed to load resource: .* status of 4\\d\\d");

    private static RunningService service;
    private static ConsolePage console;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option(), "--sweep.rate-limit=100", "--sweep.batch-size=10");
        console = ConsolePage.open(service);
        console.logIn(ClientFiles.ROOT);
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @Test
    void findsShowsRevokesAndTheTokenIsRefused() {
        String realm = Api.fresh("corp");
        String token = ClientFiles.token(service, realm);
        assertThat(check(token)).isEqualTo(200);
        console.look(realm, "joe");
        assertThat(console.text(".radius .big")).isEqualTo("1");
        console.await("its tokens", () -> console.has("#found tbody th.id"));
        console.screenshot("find");
        console.type("reason-text", "laptop stolen");
        console.click("revoke");
        console.screenshot("confirm");
        assertThat(console.text("dialog")).contains("1 live token").contains("can't be undone");
        console.click("do-it");
        console.await("the counts", () -> console.shows("#told", "1 token invalidated"));
        console.awaitCount("0");
        console.screenshot("revoked");
        assertThat(check(token)).isEqualTo(401);
        console.await("the last revocation", () -> console.text("#found").contains("laptop stolen"));
    }

    @Test
    void showsTheClientsSessionsAndUsersOfARealm() {
        String realm = Api.fresh("held");
        hold(realm, "joe", "\"client_id\":\"web\",\"session_id\":\"s1\"");
        hold(realm, "joe", "\"client_id\":\"app\"");
        hold(realm, "ann", "\"client_id\":\"web\"");
        console.look(realm, "");
        console.await("who has them", () -> console.has("#looked-at"));
        assertThat(console.text("#looked-at")).isEqualTo("Of all live tokens of this realm.");
        assertThat(console.text(".holdings")).contains("web 2", "app 1", "s1 1", "joe 2", "ann 1");
        console.screenshot("realm");
        assertThat(console.violations()).isEmpty();
        console.browser().driver().findElement(By.linkText("web")).click();
        console.await("its tokens", () -> console.text("#found h2").equals("client web of realm " + realm));
        console.awaitCount("2");
        console.await("its users", () -> console.shows(".holdings", "joe 1"));
        assertThat(console.text(".holdings")).doesNotContain("app");
    }

    /** All that the person on call has is the user's name. */
    @Test
    void listsTheTokensOfAUserInEveryRealm() {
        String user = Api.fresh("joe");
        String realm = Api.fresh("first");
        String other = Api.fresh("second");
        hold(realm, user, "\"client_id\":\"web\"");
        hold(other, user, "\"client_id\":\"app\"");
        hold(other, user, "\"client_id\":\"kiosk\"");
        console.look("", user);
        console.await("its tokens", () -> console.has("#found tbody th.id"));
        assertThat(console.text("#found table")).contains(realm, "web", other, "app");
        assertThat(console.has("#paged")).isFalse();
        console.screenshot("user");
        assertThat(console.violations()).isEmpty();
        console.browser().driver().findElement(By.linkText("app")).click();
        console.await(
                "one client's", () -> console.shows("#found h2", "client app of user " + user + " in realm " + other));
        console.awaitCount("1");
        console.await("its token", () -> console.shows("#found table", "app"));
        assertThat(console.text("#found table")).doesNotContain("kiosk");
        console.go("#find?username=" + user);
        console.await("all again", () -> console.shows("#found h2", "in every realm") && console.has("#found th.id"));
        console.browser().driver().findElement(By.linkText(realm)).click();
        console.await("one realm's", () -> console.text("#found h2").equals("user " + user + " in realm " + realm));
        console.await("its tokens", () -> console.shows("#found table", "web"));
        assertThat(console.text("#found table")).doesNotContain("app");
    }

    @Test
    void turnsThePagesOfAUserWithManyTokens() {
        String user = Api.fresh("busy");
        String realm = Api.fresh("many");
        register(realm, IntStream.range(0, 1100).mapToObj(i -> grant(realm, user, i)));
        console.look("", user);
        console.await("a page", () -> console.has("#next-page"));
        assertThat(console.text("#paged")).endsWith("grants on this page; there may be more.");
        while (console.has("#next-page")) {
            String page = console.text("#found th.id");
            console.click("next-page");
            console.await(
                    "the next page",
                    () -> console.has("#found th.id")
                            && !console.text("#found th.id").equals(page));
        }
        assertThat(console.text("#paged")).endsWith("on this page, the last one.");
        console.click("first-page");
        console.await("the first page", () -> console.has("#next-page"));
    }

    @Test
    void looksFurtherInALargeRealm() {
        String realm = Api.fresh("wide");
        register(realm, IntStream.range(0, 1100).mapToObj(i -> grant(realm, "user" + i, i)));
        console.look(realm, "");
        console.await("some of them", () -> console.has("#look-further"));
        String first = console.text("#looked-at");
        assertThat(first).matches("(?s)Of [0-9,]+ grants? found so far; there may be more.*");
        console.screenshot("further");
        assertThat(console.violations()).isEmpty();
        while (console.has("#look-further")) {
            String before = console.text("#looked-at");
            console.click("look-further");
            console.await("more of them", () -> !console.text("#looked-at").equals(before));
        }
        assertThat(console.text("#looked-at")).isEqualTo("Of all live tokens of this realm.");
        assertThat(console.text(".holdings")).contains("user0 2", "and 1,080 more");
    }

    @Test
    void showsWhoHasTokensOfAKindButNotOfAKey() {
        String realm = Api.fresh("narrow");
        hold(realm, "joe", "\"client_id\":\"web\"");
        assertThat(register(realm, "ann", 1).status()).isEqualTo(201);
        console.go("#find?realm_name=" + realm + "&token_type=refresh_token");
        console.await("who has them", () -> console.has("#looked-at"));
        assertThat(console.text("#looked-at")).isEqualTo("Of all live refresh tokens of this realm.");
        assertThat(console.text(".holdings")).contains("ann 1").doesNotContain("joe", "web");
        console.go("#find?realm_name=" + realm + "&token_type=access_token");
        console.await("those of the other kind", () -> console.shows(".holdings", "joe 1"));
        assertThat(console.text(".holdings")).contains("ann 1", "web 1");
        console.go("#find?realm_name=" + realm + "&kid=k1");
        console.await("of a key", () -> console.text("#found h2").contains("key k1"));
        assertThat(console.browser().driver().findElements(By.cssSelector("#found > section.card")))
                .hasSize(3);
    }

    @Test
    void asksForTheNameOfARealmAndHoldsTheLimit() {
        String realm = Api.fresh("guarded");
        ClientFiles.token(service, realm);
        ClientFiles.token(service, realm);
        console.look(realm, "");
        console.click("revoke");
        assertThat(console.element("do-it").isEnabled()).isFalse();
        console.type("expect-max", "1");
        console.type("typed", realm);
        console.click("do-it");
        console.await("a refusal", () -> console.has("dialog .failure"));
        assertThat(console.text("dialog .failure")).contains("expected_max");
        console.click("cancel");
        console.look(realm, "");
        assertThat(console.text(".radius .big")).isEqualTo("2");
    }

    @Test
    void locksAndUnlocks() {
        String realm = Api.fresh("locked");
        String token = ClientFiles.token(service, realm);
        console.look(realm, "joe");
        console.click("lock");
        console.click("do-it");
        console.await("a lock", () -> console.text("#found").contains("Unlock"));
        console.screenshot("locked");
        assertThat(check(token)).isEqualTo(401);
        assertThat(register(realm, "joe", 1).status()).isEqualTo(423);
        console.go("#locks");
        console.await("the lock", () -> console.text("main").contains(realm));
        console.browser()
                .driver()
                .findElement(By.cssSelector("button[aria-label*='" + realm + "']"))
                .click();
        console.await("no lock", () -> !console.text("main").contains(realm));
        assertThat(register(realm, "joe", 1).status()).isEqualTo(201);
    }

    @Test
    void watchesALargeSweepAndStopsItAndAnotherBrowserSeesIt() {
        String realm = Api.fresh("large");
        fill(realm);
        try (ConsolePage other = ConsolePage.open(service)) {
            other.logIn(ClientFiles.OPS);
            console.look(realm, "");
            assertThat(console.text(".radius .big")).isEqualTo("200,000");
            console.revoke(realm);
            console.await("movement", () -> counted(console) > 0);
            long first = counted(console);
            console.await("more movement", () -> counted(console) > first);
            console.screenshot("sweep");
            other.go("#sweeps");
            other.await(
                    "the sweep",
                    () -> other.text("main").contains(realm)
                            && other.text("main").contains("counting"));
            other.screenshot("sweeps");
            console.await("a button", () -> console.has("#stop"));
            console.tabTo("stop");
            console.press(Keys.ENTER);
            console.await("its end", () -> console.text("#state").equals("stopped"));
            assertThat(counted(console)).isBetween(1L, 199_999L);
            console.screenshot("stopped");
            other.await("its end", () -> other.text("main").contains("stopped"));
            other.logOut();
        }
    }

    @Test
    void saysWhoHasDoneWhat() {
        String realm = Api.fresh("audited");
        ClientFiles.token(service, realm);
        console.look(realm, "joe");
        console.type("reason-text", "asked by phone");
        console.revoke(realm);
        console.go("#audit?realm_name=" + realm + "&kind=revocation");
        console.await("the entry", () -> console.text("main").contains("asked by phone"));
        assertThat(console.text("main tbody"))
                .contains("root", "127.0.0.1, POST /console/api/v1/revocations", "user joe in realm " + realm);
        console.screenshot("audit");
        console.go("#audit?realm_name=" + realm + "&since=" + Instant.now().minusSeconds(3600));
        console.await("the entry", () -> console.text("main").contains("asked by phone"));
        assertThat(console.element("audit-since").getDomProperty("value")).startsWith("20");
        console.browser().run("document.getElementById('audit-until').value = '2020-01-01T00:00'");
        console.press(Keys.TAB);
        console.element("audit-realm").submit();
        console.await("no entry", () -> console.text("main").contains("No such entry so far."));
        assertThat(console.browser().driver().getCurrentUrl()).contains("until=20");
    }

    @Test
    void showsEachRevocationAsItComes() {
        String realm = Api.fresh("watched");
        console.go("#live");
        console.await("the stream", () -> console.text("#stream").startsWith("Live"));
        service.call("DELETE", Api.PATH)
                .basic(ClientFiles.ROOT, SECRET)
                .json("{\"realm_name\":\"" + realm + "\",\"username\":\"ann\"}")
                .send();
        console.await("the event", () -> console.text("main").contains("user ann in realm " + realm));
        console.screenshot("live");
        console.type("filter", "no such thing");
        console.await("a filter", () -> !console.text("main").contains(realm));
    }

    @Test
    void drawsWhatTheInstanceDoes() {
        String token = ClientFiles.token(service, Api.fresh("charted"));
        console.go("#charts");
        console.await("charts", () -> {
            check(token);
            check("nonsense");
            return console.has(".u-wrap canvas") && console.text("main").contains("refused tokens");
        });
        String realm = Api.fresh("swept");
        // Users with longer names have hashes of their own: it takes as many turns.
        String user = "user".repeat(15);
        service.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, SECRET)
                .header("Content-Type", "application/x-ndjson")
                .body(IntStream.range(0, 1000)
                        .mapToObj(i -> grant(realm, user + i, i))
                        .collect(Collectors.joining("\n")))
                .send();
        service.call("DELETE", Api.PATH + "?wait_for_completion=false")
                .basic(ClientFiles.ROOT, SECRET)
                .json("{\"realm_name\":\"" + realm + "\"}")
                .send();
        List<String> figures = List.of(
                "Checks a second/all",
                "Checks a second/refused tokens",
                "Callers refused a second/401 and 403",
                "Time of checks, at most (ms)/99 %",
                "Tokens invalidated a second/tokens",
                "Sweeps running/sweeps");
        Set<String> seen = new HashSet<>();
        console.await("all figures", () -> {
            check(token);
            check("nonsense");
            service.call("GET", "/v1/check").bearer(token).send();
            figures.stream().filter(ConsoleTest::isDrawn).forEach(seen::add);
            return seen.containsAll(figures);
        });
        console.screenshot("charts");
        console.go("#followers");
        service.call("PUT", "/v1/followers/gateway-1")
                .basic(ClientFiles.ROOT, SECRET)
                .json("{\"confirmed\":\"0\",\"bound\":\"5s\"}")
                .send();
        console.await("a follower", () -> console.text("main").contains("gateway-1"));
        assertThat(console.text("main tbody")).containsPattern("gateway-1 root behind [1-9][0-9]* days");
        console.screenshot("followers");
    }

    @Test
    void asksAgainWhenTheSessionHasEnded() {
        console.go("#sweeps");
        console.await("the sweeps", () -> console.has("#main h2"));
        service.call("POST", "/v1/revocations")
                .basic(ClientFiles.ROOT, SECRET)
                .json("{\"target\":{\"realm_name\":\"revoker-console\",\"username\":\"root\"}}")
                .send();
        console.await("a form", () -> console.has("#log-in"));
        assertThat(console.text("main")).contains("The session has ended").contains("keys or a certificate");
        console.logIn(ClientFiles.ROOT);
        assertThat(console.text("main h1")).isEqualTo("Sweeps");
    }

    @Test
    void saysWhatAClientMayNotDo() {
        console.logOut();
        console.logIn(ClientFiles.CORP);
        console.go("#charts");
        console.await("a refusal", () -> console.text("main").contains("may act in some only"));
        console.go("#find?realm_name=partners&username=joe");
        console.await("a refusal", () -> console.text("main").contains("may not act in the realm partners"));
        assertThat(console.has("#revoke")).isFalse();
        console.go("#me");
        console.await("the rights", () -> console.text("main").contains("lacks the privilege admin"));
        console.screenshot("me");
        console.logOut();
        console.logIn(ClientFiles.ROOT);
    }

    /** Whether the newest value of a line of a chart is more than nothing. */
    private static boolean isDrawn(String line) {
        String[] names = line.split("/", -1);
        String legend = console.text("section[aria-label='" + names[0] + "'] .legend");
        Matcher value = Pattern.compile(Pattern.quote(names[1]) + " ([0-9.,]+)").matcher(legend);
        return value.find() && Double.parseDouble(value.group(1).replace(",", "")) > 0;
    }

    /** What the service refuses is no error of a page, but a browser says so. */
    @AfterEach
    void hasNoErrors() {
        assertThat(console.browser().errors())
                .filteredOn(error -> !REFUSED.matcher(error).find())
                .isEmpty();
    }

    private static long counted(ConsolePage page) {
        String digits =
                page.has("#told") ? page.text("#told").replaceFirst(" .*", "").replace(",", "") : "";
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static int check(String token) {
        return service.call("GET", "/v1/check")
                .header("Revoker-Authorization", "Basic " + Call.base64("gateway:" + SECRET))
                .bearer(token)
                .send()
                .status();
    }

    private static void hold(String realm, String user, String more) {
        assertThat(service.call("POST", "/v1/tokens")
                        .basic(ClientFiles.ISSUER, SECRET)
                        .json("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user
                                + "\",\"mint\":[\"access_token\"]," + more + "}")
                        .send()
                        .status())
                .isEqualTo(201);
    }

    private static Reply register(String realm, String user, int number) {
        return service.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, SECRET)
                .json(grant(realm, user, number))
                .send();
    }

    private static String grant(String realm, String user, int number) {
        String id = realm + '.' + user + '.' + number;
        return String.format(
                Locale.ROOT,
                "{\"realm_name\":\"%s\",\"username\":\"%s\",\"access_token\":\"a.%s\",\"refresh_token\":\"r.%s\"}",
                realm,
                user,
                id,
                id);
    }

    private static void register(String realm, Stream<String> grants) {
        assertThat(service.call("POST", "/v1/tokens")
                        .basic(ClientFiles.ISSUER, SECRET)
                        .header("Content-Type", "application/x-ndjson")
                        .body(grants.collect(Collectors.joining("\n", "", "\n")))
                        .send()
                        .body())
                .as(realm)
                .contains("\"created\":1100");
    }

    private static void fill(String realm) {
        for (int part = 0; part < USERS; part += 100) {
            int from = part;
            String lines = IntStream.range(from, from + 100)
                    .boxed()
                    .flatMap(user -> IntStream.range(0, PAIRS).mapToObj(i -> grant(realm, "user" + user, i)))
                    .collect(Collectors.joining("\n", "", "\n"));
            Reply reply = service.call("POST", "/v1/tokens")
                    .basic(ClientFiles.ISSUER, SECRET)
                    .header("Content-Type", "application/x-ndjson")
                    .body(lines)
                    .send();
            assertThat(reply.body()).contains("\"created\":10000");
        }
    }
}
