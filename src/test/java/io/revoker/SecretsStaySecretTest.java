package io.revoker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.domain.TokenId;
import io.revoker.testing.Configurations;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OwnRedis;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RawConnection.Answer;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RunningService;
import io.revoker.testing.SpanReceiver;
import io.revoker.wiring.logging.JsonLog;
import io.revoker.wiring.logging.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After every kind of use and misuse, no token and no client secret is found where it should not be: log, Redis files, management answers, spans. */
class SecretsStaySecretTest {
    private static final String USER = "user-who-is-nobodys-business";
    private static final String SECRET = "client-secret-Gq7LxT2mVw0s";
    private static final String OPAQUE = "opaque-token/Zk3+f9QbN1r~x.7";
    private static final String UNKNOWN = "unknown-token-Hd82jsLLq0aPz";
    private static final String JWT =
            base64Url("{\"alg\":\"RS256\"}") + "." + base64Url("{\"sub\":\"someone-secret-4471\",\"jti\":\"x81\"}")
                    + "." + base64Url("signature-of-the-jwt-90");

    @TempDir
    private Path directory;

    @Test
    void leavesNoTokenAndNoSecretBehind() throws Exception {
        Path clients = Files.writeString(
                directory.resolve("clients.yaml"),
                "clients:\n  - id: gw\n    secret: \"sha256:" + sha256(SECRET) + "\"\n    privileges: [admin]\n");
        List<String> used =
                new ArrayList<>(List.of(SECRET, OPAQUE, UNKNOWN, JWT, JWT.substring(0, JWT.lastIndexOf('.'))));
        StringBuilder seen = new StringBuilder();
        LogLevel.set("trace");
        SpanReceiver receiver = SpanReceiver.start();
        try (LogCapture log = LogCapture.open(Level.TRACE);
                JsonLog json = JsonLog.open();
                OwnRedis redis = OwnRedis.start(directory.resolve("data"));
                RunningService service = RunningService.on(
                        redis.url(),
                        receiver.options(
                                "--clients.file=" + clients,
                                "--logging.level=trace",
                                "--oauth.client-secret-post=true"))) {
            used.addAll(use(service));
            misuse(service, used);
            seen.append(service.readiness());
            seen.append(dump(redis));
            seen.append(String.join("\n", log.lines()));
            seen.append(json.text());
        } finally {
            receiver.close();
            LogLevel.set("info");
        }
        String password = Files.readString(directory.resolve("data").resolve("redis.password"))
                .strip();
        assertThat(seen.indexOf(password)).as("where the password of Redis is").isEqualTo(-1);
        String spans = receiver.raw();
        assertThat(spans)
                .contains(
                        "POST /v1/tokens",
                        "revoker.revoke",
                        "redis revoke",
                        "GET /v1/check/*",
                        "HTTP /_security/oauth2/token");
        for (String hidden : List.of(USER, password)) {
            assertThat(spans.indexOf(hidden)).as("where a user is in spans").isEqualTo(-1);
        }
        for (String id : used.stream().flatMap(SecretsStaySecretTest::ids).toList()) {
            assertThat(spans.indexOf(id))
                    .as("where the id of a token is in spans")
                    .isEqualTo(-1);
        }
        seen.append(spans);
        seen.append(files(directory.resolve("data")));
        assertThat(seen).contains("revocation caller=gw", "revocations caller=gw");
        for (String form : used.stream().flatMap(SecretsStaySecretTest::forms).toList()) {
            assertThat(seen.indexOf(form)).as("where a secret is").isEqualTo(-1);
        }
    }

    @Test
    void neverPrintsThePasswordOfRedis() {
        String url = "--redis.url=redis://alice:redis-password-77@localhost:1";
        assertThat(Configurations.of(List.of(url), Map.of()).toString()).doesNotContain("redis-password-77");
    }

    /** Returns the tokens that were minted. */
    private static List<String> use(RunningService service) {
        String mint =
                "{\"realm_name\":\"r\",\"username\":\"" + USER + "\",\"mint\":[\"access_token\",\"refresh_token\"]}";
        try (RawConnection connection = service.connect()) {
            Answer minted = connection.exchange(as(Requests.body("POST", Requests.TOKENS, Requests.JSON, mint)));
            assertThat(minted.status()).isEqualTo(201);
            List<String> tokens = List.of(
                    minted.body().replaceAll(".*\"access_token\":\"([^\"]+)\".*", "$1"),
                    minted.body().replaceAll(".*\"refresh_token\":\"([^\"]+)\".*", "$1"));
            for (String token : List.of(OPAQUE, JWT)) {
                assertThat(connection.exchange(as(Requests.register(token))).status())
                        .isEqualTo(201);
            }
            for (String token : List.of(OPAQUE, JWT, tokens.get(0))) {
                assertThat(connection.exchange(gateway(token)).status()).isEqualTo(200);
                assertThat(connection
                                .exchange(as(Requests.introspect(percent(token))))
                                .status())
                        .isEqualTo(200);
                assertThat(connection.exchange(as(Requests.checkAll(token))).body())
                        .contains("\"active\":true")
                        .doesNotContain(token);
                assertThat(connection.exchange(as(Requests.invalidate(token))).status())
                        .isEqualTo(200);
                assertThat(connection.exchange(as(Requests.revokeAll(token))).body())
                        .contains("\"status\":200", "\"status\":404")
                        .doesNotContain(token);
                assertThat(connection.exchange(posted(token)).body()).isEqualTo("{}");
                assertThat(connection.exchange(gateway(token)).status()).isEqualTo(401);
                assertThat(connection.exchange(as(Requests.register(token))).status())
                        .isEqualTo(409);
            }
            return tokens;
        }
    }

    private static String posted(String token) {
        return Requests.body(
                "POST",
                "/oauth2/revoke",
                Requests.FORM,
                "client_id=gw&client_secret=" + percent(SECRET) + "&token=" + percent(token));
    }

    private static void misuse(RunningService service, List<String> tokens) {
        for (String token : tokens) {
            for (String request : badRequests(token)) {
                for (String sent : List.of(request, as(request))) {
                    try (RawConnection connection = service.connect()) {
                        connection.offer(sent.getBytes(ISO_8859_1));
                        connection.endSending();
                        assertThat(connection.readToEnd()).doesNotContain("HTTP/1.1 5");
                    }
                }
            }
        }
    }

    private static List<String> badRequests(String token) {
        String query = "?token=" + token + "&" + token + "=1";
        return List.of(
                Requests.body("POST", Requests.TOKENS, Requests.JSON, "{\"access_token\":\"" + token + "\""),
                Requests.body("POST", Requests.TOKENS, Requests.JSON, "{\"" + token + "\":1}"),
                Requests.body("POST", Requests.TOKENS, Requests.NDJSON, token + "\n{\"access_token\":" + token + "}\n"),
                Requests.body("POST", Requests.TOKENS, token, Requests.registration(token)),
                Requests.body("PUT", Requests.TOKENS, Requests.JSON, Requests.registration(token)),
                Requests.body("POST", Requests.REVOCATIONS, Requests.NDJSON, token + "\n{\"token\":" + token + "}\n"),
                Requests.body(
                        "POST", Requests.REVOCATIONS, Requests.NDJSON, "{\"" + token + "\":1}\n{\"token\":\"" + token),
                Requests.body("POST", Requests.REVOCATIONS, token, "{\"token\":\"" + token + "\"}"),
                Requests.body("POST", Requests.CHECKS, Requests.JSON, "{\"tokens\":[\"" + token + "\""),
                Requests.body("POST", Requests.CHECKS, Requests.JSON, "{\"tokens\":[" + token + "]}"),
                Requests.body("POST", Requests.CHECKS, Requests.JSON, "{\"tokens\":[\"" + token + "\",1]}"),
                Requests.body("POST", Requests.CHECKS, Requests.JSON, "{\"" + token + "\":[]}"),
                Requests.body("POST", Requests.CHECKS, token, "{\"tokens\":[\"" + token + "\"]}"),
                Requests.body("POST", "/oauth2/revoke", Requests.FORM, "client_secret=" + token + "&" + token),
                Requests.body("POST", "/oauth2/revoke", token, "client_id=" + token + "&client_secret=" + token),
                Requests.body(token, Requests.INVALIDATE, Requests.JSON, token),
                Requests.body("DELETE", Requests.INVALIDATE, Requests.JSON, "{\"token\":\"" + token + "\",}"),
                Requests.body(
                        "DELETE", Requests.INVALIDATE, Requests.JSON, "{\"token\":\"" + token + "\",\"token\":1}"),
                Requests.body("DELETE", Requests.INVALIDATE, "application/yaml", "token: {" + token),
                Requests.body("POST", Requests.INVALIDATE, Requests.JSON, "{\"password\":\"" + token + "\"}"),
                Requests.body("POST", "/_security/" + token, token, "{\"password\":\"" + token + "\"}"),
                Requests.body("DELETE", Requests.INVALIDATE + query, Requests.JSON, "{}"),
                Requests.body("POST", Requests.INTROSPECT + query, Requests.FORM, "token=%zz" + token),
                Requests.body("POST", Requests.INTROSPECT, "multipart/form-data; boundary=" + token, token),
                Requests.get("/v1/check/" + token + query),
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
                        + "tracestate: a=" + token + "\r\n\r\n",
                Requests.get("/v1/check?a=%zz" + token),
                Requests.get("/" + token + "/%zz" + query),
                Requests.check(token),
                Requests.check(token + ", " + token),
                "GET /v1/check HTTP/1.1\r\nHost: " + token + "%\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\n" + token + "\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + token + "\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nRevoker-Authorization: Basic " + base64("gw:" + token)
                        + "\r\n\r\n",
                "GET " + token + "\r\n\r\n",
                token);
    }

    private static String as(String request) {
        return request.replaceFirst(
                "Host: localhost\r\n", "Host: localhost\r\nAuthorization: Basic " + base64("gw:" + SECRET) + "\r\n");
    }

    private static String gateway(String token) {
        return "GET /v1/check HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nRevoker-Authorization: Basic " + base64("gw:" + SECRET) + "\r\n\r\n";
    }

    /** Uncompressed, so that it can be read. */
    private static String dump(OwnRedis redis) {
        try (RedisClient client = RedisClient.of(redis.url())) {
            return client.call("CONFIG", "SET", "rdbcompression", "no") + " " + client.call("SAVE");
        }
    }

    private static String files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).extracting(Path::getFileName).map(Path::toString).contains("appendonly.aof", "dump.rdb");
            return all.stream().map(SecretsStaySecretTest::content).collect(Collectors.joining("\n"));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<String> forms(String secret) {
        String inPair = base64("gw:" + secret);
        return Stream.of(
                secret,
                base64(secret),
                base64Url(secret),
                inPair.substring(4, inPair.length() - 4),
                percent(secret),
                hex(secret));
    }

    private static Stream<String> ids(String token) {
        String id = new String(TokenId.of(token).bytes(), ISO_8859_1);
        return Stream.of(id, hex(id), base64(id), base64Url(id));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(ISO_8859_1));
    }

    private static String percent(String text) {
        return HexFormat.of().withUpperCase().withPrefix("%").formatHex(text.getBytes(ISO_8859_1));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
    }
}
