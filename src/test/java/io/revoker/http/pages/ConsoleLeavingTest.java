package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a view has opened ends with it, and a log-out ends all that the page has. */
@NeedsTools
class ConsoleLeavingTest {
    private final RedisProcess redis = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final RunningService service = RunningService.on(redis.url(), ClientFiles.option());
    private final ConsolePage console = ConsolePage.open(service);

    @BeforeEach
    void logIn() {
        console.logIn(ClientFiles.ROOT);
    }

    @AfterEach
    void stop() {
        console.close();
        service.close();
        redis.close();
    }

    @Test
    void aDialogDoesNotOutliveItsView() {
        console.look(Api.fresh("left"), "joe");
        console.click("revoke");
        assertThat(console.has("dialog")).isTrue();
        console.go("#locks");
        console.await("the locks", () -> console.text("main h1").equals("Locks"));
        console.await("no dialog", () -> !console.has("dialog"));
    }

    @Test
    void aStreamIsNotOpenedForAViewThatWasLeft() {
        console.browser().run("""
                window.opened = 0;
                const Real = window.EventSource;
                window.EventSource = class extends Real { constructor(...all) { super(...all); window.opened++; } };
                const send = window.fetch;
                window.fetch = async (...all) => {
                  const answer = await send(...all);
                  if (String(all[0]).includes('/changes') && !window.left) {
                    window.left = true;
                    location.hash = '#me';
                    await new Promise((done) => addEventListener('hashchange', () => setTimeout(done), { once: true }));
                    setTimeout(() => { window.loaded = true; }, 500);
                  }
                  return answer;
                };
                location.hash = '#live';
                """);
        console.await("the answer", () -> Boolean.TRUE.equals(console.browser().run("return window.loaded === true")));
        assertThat(console.text("main h1")).isEqualTo("My rights");
        assertThat(console.browser().run("return window.opened")).isEqualTo(0L);
    }

    @Test
    void aLogOutWithoutRedisSaysThatTheSessionMayGoOn() {
        console.go("#me");
        console.await("the rights", () -> console.text("main h1").equals("My rights"));
        redis.kill();
        console.logOut();
        assertThat(console.text("main")).contains("may still be valid");
        console.go("");
        console.browser().driver().navigate().refresh();
        console.await("still logged out", () -> console.has("#log-in"));
    }
}
