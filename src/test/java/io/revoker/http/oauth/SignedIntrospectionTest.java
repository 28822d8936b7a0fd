package io.revoker.http.oauth;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9701, and the keys for it. */
class SignedIntrospectionTest {
    private static final String JWT = "application/token-introspection+jwt";
    private static final String JSON = "application/json; charset=UTF-8";
    private static final String KEYS = "/.well-known/jwks.json";

    @TempDir
    private static Path directory;

    private static MountedFiles mounted;
    private static ECKey key;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        key = key("first");
        mounted = MountedFiles.in(directory);
        Path file = mounted.put("keys.json", "{\"keys\":[" + key + "]}");
        service = RunningService.reading(
                ClientFiles.option(),
                "--oauth.issuer=https://auth.example",
                "--signing.file=" + file,
                "--reload.interval=20ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void signsWhatIsKnownOfAToken() throws Exception {
        Granted granted = Granted.by(service);

        Reply reply = introspect(granted.access(), JWT);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo(JWT);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        JWSObject jws = JWSObject.parse(reply.body());
        assertThat(jws.getHeader().getType()).hasToString("token-introspection+jwt");
        assertThat(jws.verify(new ECDSAVerifier(published("first")))).isTrue();
        JsonNode claims = new ObjectMapper().readTree(jws.getPayload().toString());
        assertThat(claims.fieldNames()).toIterable().containsExactly("iss", "aud", "iat", "token_introspection");
        assertThat(claims.required("iss").textValue()).isEqualTo("https://auth.example");
        assertThat(claims.required("aud").textValue()).isEqualTo(ClientFiles.GATEWAY);
        assertThat(claims.required("iat").isIntegralNumber()).isTrue();
        assertThat(claims.required("token_introspection"))
                .isEqualTo(introspect(granted.access(), "application/json").json());
    }

    @Test
    void saysNothingOfATokenThatIsNotActive() throws Exception {
        JsonNode claims = claims(introspect("never-registered", JWT));

        assertThat(claims.required("token_introspection")).hasToString("{\"active\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/token-introspection+jwt, application/json | " + JWT,
                "application/json;q=0.5, application/token-introspection+jwt | " + JWT,
                "Application/Token-Introspection+JWT | " + JWT,
                "application/json, application/token-introspection+jwt;q=0.5 | " + JSON,
                "*/* | " + JSON,
                "text/html | " + JSON,
                "application/jwt | " + JSON
            })
    void answersInTheFormThatIsWantedMost(String accept, String type) {
        assertThat(introspect("any", accept).header("Content-Type")).isEqualTo(type);
    }

    @Test
    void refusesWhoWantsNothingElseWhereNothingIsSigned() {
        try (RunningService unsigned =
                RunningService.start(ClientFiles.option(), "--oauth.issuer=https://auth.example")) {
            Reply refused = introspect(unsigned, "any", JWT);

            assertThat(refused)
                    .hasToString("406 {\"error\":\"invalid_request\",\"error_description\":\"Accept: no signed answers"
                            + " here (expected: application/json)\"}");
            assertThat(introspect(unsigned, "any", JWT + ", application/json;q=0.1"))
                    .hasToString("200 {\"active\":false}");
            assertThat(unsigned.call("GET", KEYS).send())
                    .hasToString("404 {\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":"
                            + "\"signing.file: not set (expected: the keys of this service)\"}");
        }
    }

    /** The answer would be for anybody. */
    @Test
    void signsNothingForCallersThatAreNotKnown() {
        RunningService open = RunningService.shared(RedisServers.embedded());

        assertThat(open.call("POST", IntrospectionRoutes.PATH)
                        .header("Accept", JWT)
                        .form("token=any")
                        .send()
                        .status())
                .isEqualTo(406);
    }

    @Test
    void takesOverNewKeysAndStillPublishesTheOldOne() throws Exception {
        ECKey next = key("second");
        mounted.put("keys.json", "{\"keys\":[" + next + "," + key.toPublicJWK() + "]}");

        until("the new key signs", () -> signer(introspect("any", JWT)).equals("second"));

        assertThat(JWSObject.parse(introspect("any", JWT).body()).verify(new ECDSAVerifier(published("second"))))
                .isTrue();
        Reply keys = service.call("GET", KEYS).send();
        assertThat(keys.header("Content-Type")).isEqualTo("application/jwk-set+json");
        assertThat(keys.header("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(JWKSet.parse(keys.body()).getKeys())
                .extracting(JWK::getKeyID)
                .containsExactly("second", "first");
        assertThat(keys.body()).doesNotContain("\"d\"");
        assertThat(service.call("GET", KEYS)
                        .header("If-None-Match", keys.header("ETag"))
                        .send()
                        .status())
                .isEqualTo(304);
        assertThat(service.call("GET", "/.well-known/oauth-authorization-server")
                        .send()
                        .json()
                        .required("introspection_signing_alg_values_supported"))
                .hasToString("[\"ES256\"]");
        mounted.put("keys.json", "{\"keys\":[" + key + "]}");
        until("the old key signs again", () -> signer(introspect("any", JWT)).equals("first"));
    }

    private static String signer(Reply reply) {
        try {
            return JWSObject.parse(reply.body()).getHeader().getKeyID();
        } catch (java.text.ParseException e) {
            throw new AssertionError(reply.toString(), e);
        }
    }

    private static JsonNode claims(Reply reply) throws Exception {
        return new ObjectMapper()
                .readTree(JWSObject.parse(reply.body()).getPayload().toString());
    }

    private static ECKey published(String id) throws Exception {
        List<JWK> keys = JWKSet.parse(service.call("GET", KEYS).send().body()).getKeys();
        return (ECKey) keys.stream()
                .filter(each -> id.equals(each.getKeyID()))
                .findFirst()
                .orElseThrow();
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private static Reply introspect(String token, String accept) {
        return introspect(service, token, accept);
    }

    private static Reply introspect(RunningService asked, String token, String accept) {
        return asked.call("POST", IntrospectionRoutes.PATH)
                .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                .header("Accept", accept)
                .form("token=" + token)
                .send();
    }
}
