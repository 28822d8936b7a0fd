package io.revoker.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A page of another port of the same host, while somebody is logged in: to a browser that is the same site, so it
 * sends the cookie along. And one of another site, to which it sends none. They can do and see nothing.
 */
@NeedsTools
class OtherOriginTest {
    private static final String PAGE = """
            <!doctype html><title>other</title>
            <iframe name="frame"></iframe>
            <form id="form" method="post" enctype="text/plain" target="frame"><input name='{"target":{"realm_name":"REALM"},"x":"' value='"}'></form>
            """;

    /** Resolves with what each attempt has found out. */
    private static final String ATTACK = """
            const [base, realm, done] = arguments;
            const revocation = JSON.stringify({ target: { realm_name: realm } });
            const tries = {
              read: () => fetch(base + '/console/api/v1/locks', { credentials: 'include' }).then(answer => answer.text()),
              session: () => fetch(base + '/console/session', { credentials: 'include' }).then(answer => answer.text()),
              revoke: () => fetch(base + '/console/api/v1/revocations', { method: 'POST', credentials: 'include', body: revocation,
                headers: { 'Content-Type': 'application/json', 'Revoker-Console': '1' } }).then(answer => answer.text()),
              simple: () => fetch(base + '/console/api/v1/revocations', { method: 'POST', mode: 'no-cors', credentials: 'include',
                body: revocation, headers: { 'Content-Type': 'text/plain' } }).then(answer => answer.type),
              remove: () => fetch(base + '/console/session', { method: 'DELETE', credentials: 'include',
                headers: { 'Revoker-Console': '1' } }).then(answer => answer.status),
              stream: () => new Promise(end => {
                const source = new EventSource(base + '/console/api/v1/revocations/stream?timeout=1s', { withCredentials: true });
                source.onopen = () => end('opened');
                source.onerror = () => { source.close(); end('refused'); };
              }),
              script: () => import(base + '/console/app.js').then(() => 'loaded'),
              frame: () => new Promise(end => {
                const frame = document.createElement('iframe');
                frame.onload = () => { try { end(frame.contentDocument ? 'readable' : 'refused'); } catch (e) { end('refused'); } };
                frame.src = base + '/console/';
                document.body.append(frame);
              }),
              form: () => new Promise(end => {
                document.querySelector('iframe').onload = () => end('sent');
                document.getElementById('form').action = base + '/console/api/v1/revocations';
                document.getElementById('form').submit();
              }),
            };
            Promise.all(Object.entries(tries).map(([name, attempt]) =>
              attempt().catch(() => 'refused').then(found => name + '=' + found))).then(all => done(all.join(' ')));
            """;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void canDoNothing(String host) throws IOException {
        String realm = Api.fresh("attacked");
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            byte[] page = PAGE.replace("REALM", realm).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        other.start();
        try (RunningService service = RunningService.start(ClientFiles.option());
                ConsolePage console = ConsolePage.open(service)) {
            String token = ClientFiles.token(service, realm);
            console.logIn(ClientFiles.ROOT);
            assertThat(console.browser().driver().manage().getCookies())
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie.getSameSite()).isEqualTo("Strict"));
            console.browser()
                    .driver()
                    .get("http://" + host + ":" + other.getAddress().getPort() + "/");
            Object found =
                    console.browser().driver().executeAsyncScript(ATTACK, "http://127.0.0.1:" + service.port(), realm);
            assertThat(found)
                    .isEqualTo("read=refused session=refused revoke=refused simple=opaque remove=refused stream=refused"
                            + " script=refused frame=refused form=sent");
            assertThat(ClientFiles.isActive(service, token)).isTrue();
            console.go("#me");
            console.await("still logged in", () -> console.has(".caller"));
        } finally {
            other.stop(0);
        }
    }
}
