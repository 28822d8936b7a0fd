package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.ClientFiles;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser gets. */
class PagesTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void theFirstPageIsForBrowsersOnly() {
        Reply page = SERVICE.call("GET", "/").header("Accept", BROWSER).send();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Vary")).isEqualToIgnoringCase("Accept");
        assertThat(page.body()).contains("href=\"docs\"", "href=\"console/\"");
        for (String accepted :
                new String[] {"*/*", "application/json", "application/vnd.elasticsearch+json;compatible-with=7"}) {
            Reply info = SERVICE.call("GET", "/").header("Accept", accepted).send();
            assertThat(info.json().path("tagline").asText()).as(accepted).isEqualTo("You Know, for Search");
        }
        assertThat(SERVICE.call("GET", "/").send().header("X-elastic-product")).isEqualTo("Elasticsearch");
    }

    @Test
    void theDescriptionNamesEveryOperation() {
        Reply page = SERVICE.call("GET", "/docs").send();
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("/v1/revocations/stream", "registerTokens", "id=\"schema-Invalidated\"")
                .doesNotContain("<script", "style=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs",
                "/docs/pages.css",
                "/docs/icon.svg",
                "/console/",
                "/console/app.js",
                "/console/console.css"
            })
    void aFileIsSentOnceAndNeverFramed(String path) {
        Reply file = SERVICE.call("GET", path).send();
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Cache-Control")).isEqualTo("no-cache");
        Reply again = SERVICE.call("GET", path)
                .header("If-None-Match", file.header("ETag"))
                .send();
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(SERVICE.call("HEAD", path).send().status()).isEqualTo(200);
        assertThat(SERVICE.call("POST", path).send().status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "/console/app.js, text/javascript; charset=utf-8",
        "/console/console.css, text/css; charset=utf-8",
        "/console/icon.svg, image/svg+xml",
        "/console/uPlot.esm.js, text/javascript; charset=utf-8",
        "/console/uPlot.txt, text/plain; charset=utf-8"
    })
    void aFileHasItsType(String path, String type) {
        assertThat(SERVICE.call("GET", path).send().header("Content-Type")).isEqualTo(type);
    }

    @Test
    void theConsoleIsADirectory() {
        Reply reply = SERVICE.call("GET", "/console").send();
        assertThat(reply.status()).isEqualTo(308);
        assertThat(reply.header("Location")).isEqualTo("console/");
        assertThat(SERVICE.call("GET", "/console/nothing.js").send().status()).isEqualTo(404);
        assertThat(SERVICE.call("GET", "/console/../openapi.yaml").send().status())
                .isNotEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, loopback, 404", "0.0.0.0, always, 200", "127.0.0.1, loopback, 200", "127.0.0.1, never, 404"})
    void theConsoleIsOnPublicListenersOnlyIfThatIsSaid(String host, String served, int status) {
        try (RunningService service =
                RunningService.start(ClientFiles.option(), "--http.host=" + host, "--http.console.served=" + served)) {
            assertThat(service.call("GET", "/console/").send().status()).isEqualTo(status);
            assertThat(service.call("GET", "/console/session").send().status()).isEqualTo(status);
            assertThat(service.call("GET", "/").header("Accept", BROWSER).send().body())
                    .matches(body -> body.contains("console/") == (status == 200));
        }
    }

    @Test
    void aStreamOfTheConsoleHasAnEnd() {
        String stream = "/console/api/v1/revocations/stream";
        assertThat(SERVICE.call("GET", stream).send().status()).isEqualTo(400);
        assertThat(SERVICE.call("GET", stream + "?timeout=61s").send().status()).isEqualTo(400);
        assertThat(SERVICE.call("GET", stream + "?timeout=100ms").send().body()).contains("retry:");
    }

    @Test
    void aStreamOfTheConsoleMayLastLongerThanOtherRequests() {
        try (RunningService hurried = RunningService.start("--http.request-timeout=200ms")) {
            Reply reply = hurried.call("GET", "/console/api/v1/revocations/stream?timeout=1500ms")
                    .send();
            assertThat(reply.body()).contains("heartbeat");
        }
    }
}
