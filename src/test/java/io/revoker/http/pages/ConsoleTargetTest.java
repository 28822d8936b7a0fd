package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** The console acts on the target that was named, whatever characters are in its name. */
@NeedsTools
class ConsoleTargetTest {
    private static RunningService service;
    private static ConsolePage console;

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option());
        console = ConsolePage.open(service);
        console.logIn(ClientFiles.ROOT);
    }

    @AfterAll
    static void stop() {
        console.close();
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joe+x@corp",
                "tom&jerry",
                "mallory&username=alice",
                "x&username=",
                "a%41b",
                "100%",
                "a=b",
                "a/b?c#d",
                "müller ö"
            })
    void opensTheUserThatWasNamed(String user) {
        String realm = Api.fresh("names");
        console.look(realm, user);
        assertThat(console.text("#found h2")).isEqualTo("user " + user + " in realm " + realm);
        assertThat(console.element("user").getAttribute("value")).isEqualTo(user);
        console.go("#audit");
        console.await("the form", () -> console.has("#audit-user"));
        console.type("audit-user", user);
        console.browser()
                .driver()
                .findElement(By.cssSelector("form.search .primary"))
                .click();
        console.await(
                "the query", () -> console.browser().driver().getCurrentUrl().contains("#audit?"));
        console.await(
                "the name", () -> user.equals(console.element("audit-user").getAttribute("value")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tom&jerry", "mallory&username=alice", "joe+x@corp", "a%41b"})
    void opensTheUserOfALinkInALock(String user) {
        String realm = Api.fresh("linked");
        console.look(realm, user);
        console.click("lock");
        console.click("do-it");
        console.await("a lock", () -> console.text("#found").contains("Unlock"));
        console.go("#locks");
        String words = "user " + user + " in realm " + realm;
        console.await("the lock", () -> console.text("main").contains(words));
        console.browser().driver().findElement(By.linkText(words)).click();
        console.await("the user", () -> console.has("#found h2"));
        assertThat(console.text("#found h2")).isEqualTo(words);
    }
}
