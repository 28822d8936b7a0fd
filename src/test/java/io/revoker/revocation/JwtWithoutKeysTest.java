package io.revoker.revocation;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks and revocations of JWTs whose issuer does not answer: nothing is decided until it does. */
class JwtWithoutKeysTest {
    private final TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
    private final int port = RedisProcess.freePort();
    private final RunningService service = RunningService.start(
            RealmFiles.option(issuer, "http://127.0.0.1:" + port + "/keys"),
            ClientFiles.option(),
            "--realms.unknown-key-interval=1s",
            "--redis.prefix=" + Api.fresh("away"));

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void decidesNothingUntilTheKeysAreThere() {
        String token = issuer.token("joe");
        String registered = issuer.token("joe");
        String opaque = ClientFiles.token(service, "elsewhere");
        assertThat(register("access_token", registered)).isEqualTo(201);

        assertThat(List.of(check(token), introspect(ClientFiles.ROOT, token).status()))
                .containsOnly(503);
        assertThat(check(opaque)).isEqualTo(200);
        assertThat(invalidate(ClientFiles.ROOT, token).status()).isEqualTo(503);
        assertThat(invalidate(ClientFiles.ROOT, registered).status())
                .as("it may be active without its registration")
                .isEqualTo(503);

        HttpServer keys = answering();
        try {
            until("the keys are there", () -> check(token) == 200);
            assertThat(check(registered))
                    .as("its registration was revoked, whatever else was not")
                    .isEqualTo(401);
            assertThat(Api.counts(invalidate(ClientFiles.ROOT, registered))).isEqualTo("200 0,1,0");
            assertThat(Api.counts(invalidate(ClientFiles.ROOT, token))).isEqualTo("200 1,0,0");
        } finally {
            keys.stop(0);
        }
    }

    /** The repetition counts it as invalidated before. */
    @Test
    void saysThatARegistrationWasRevoked() {
        String registered = issuer.token("joe");
        assertThat(register("access_token", registered)).isEqualTo(201);

        assertThat(stream(registered)).contains("\"status\":503", "tokens invalidated before: 1");
        assertThat(stream(registered)).contains("\"status\":503").doesNotContain("invalidated before: ");
    }

    /** Its text may be that of a refresh token, whose registration needs no keys. */
    @Test
    void findsARefreshTokenThatLooksLikeAJwt() {
        List<String> refresh =
                Stream.generate(() -> issuer.token("joe")).limit(3).toList();
        assertThat(refresh).allMatch(token -> register("refresh_token", token) == 201);
        String unknown = issuer.token("joe");

        assertThat(revokeByOAuth(refresh.get(0))).isEqualTo(200);
        assertThat(stream(refresh.get(1))).contains("\"invalidated_tokens\":1");
        assertThat(leaked(refresh.get(2))).isEqualTo(204);

        assertThat(refresh).allMatch(token -> stream(token).contains("\"previously_invalidated_tokens\":1}"));
        assertThat(List.of(revokeByOAuth(unknown), leaked(unknown))).containsOnly(503);
    }

    /** That the keys are away would tell that there is such a realm. */
    @Test
    void tellsACallerOfAnotherRealmNothing() {
        String token = issuer.token("joe");
        String nothing = introspect(ClientFiles.CORP, "x").toString();
        String unknown = invalidate(ClientFiles.CORP, "x").toString();

        assertThat(introspect(ClientFiles.CORP, token)).hasToString(nothing);
        assertThat(invalidate(ClientFiles.CORP, token)).hasToString(unknown);
        assertThat(introspect(ClientFiles.ROOT, token).status()).isEqualTo(503);
    }

    private HttpServer answering() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            byte[] keys = RealmFiles.jwks(issuer).getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int check(String token) {
        return service.call("GET", "/v1/check")
                .bearer(token)
                .header("Revoker-Authorization", "Basic " + Call.base64(ClientFiles.ROOT + ':' + ClientFiles.SECRET))
                .send()
                .status();
    }

    private Reply introspect(String client, String token) {
        return as(client, "POST", "/oauth2/introspect").form("token=" + token).send();
    }

    private Reply invalidate(String client, String token) {
        return as(client, "DELETE", Api.PATH)
                .json("{\"token\":\"" + token + "\"}")
                .send();
    }

    private int register(String kind, String token) {
        return as(ClientFiles.ROOT, "POST", "/v1/tokens")
                .json("{\"" + kind + "\":\"" + token + "\",\"realm_name\":\"" + issuer.realm()
                        + "\",\"username\":\"joe\"}")
                .send()
                .status();
    }

    private int revokeByOAuth(String token) {
        return as(ClientFiles.ROOT, "POST", "/oauth2/revoke")
                .form("token=" + token)
                .send()
                .status();
    }

    private int leaked(String token) {
        return as(ClientFiles.ROOT, "POST", "/v1/revoke_tokens")
                .json("[{\"token\":\"" + token + "\"}]")
                .send()
                .status();
    }

    private String stream(String token) {
        return as(ClientFiles.ROOT, "POST", "/v1/revocations")
                .header("Content-Type", "application/x-ndjson")
                .body("{\"token\":\"" + token + "\"}\n")
                .send()
                .body();
    }

    private Call as(String client, String method, String path) {
        return service.call(method, path).basic(client, ClientFiles.SECRET);
    }
}
