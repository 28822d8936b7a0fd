package io.revoker.http.oauth;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.sun.net.httpserver.HttpServer;
import io.revoker.http.Gate;
import io.revoker.jwt.ClientAssertions;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import io.revoker.testing.LogCapture;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that sign to prove who they are: RFC 7523, private_key_jwt. */
class AssertionsTest {
    private static final String ISSUER = "https://auth.example/revoker";
    private static final String TYPE =
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    private static final String INVALID =
            "401 {\"error\":\"invalid_client\",\"error_description\":\"client authentication failed\"}";
    private static final String INACTIVE = "200 {\"active\":false}";
    private static final String REFUSED = "ClientAssertions assertion refused cause=";
    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"ec\"}";

    @TempDir
    private static Path directory;

    private static final Issuer SIGNER = Issuer.named("signer");
    private static final Issuer OTHER = Issuer.named("other");
    private static HttpServer web;
    private static MountedFiles mounted;
    private static String clients;
    private static RunningService service;
    private static RunningService neighbour;

    @BeforeAll
    static void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/keys", exchange -> {
            byte[] keys = SIGNER.jwks().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        web.start();
        Path other = Files.writeString(directory.resolve("other.json"), OTHER.jwks());
        clients = ClientFiles.text()
                + ClientFiles.signing("signer", SIGNER.jwks(), "[check, invalidate]")
                + ClientFiles.signing("other", "'" + other + "'", "[check]")
                + ClientFiles.signing(
                        "far", "http://127.0.0.1:" + web.getAddress().getPort() + "/keys", "[check]")
                + "    allow-private-addresses: true\n"
                + ClientFiles.signing(
                        "away", "http://127.0.0.1:" + web.getAddress().getPort() + "/none", "[check]")
                + "    allow-private-addresses: true\n";
        mounted = MountedFiles.in(directory.resolve("mounted"));
        String prefix = "--redis.prefix=" + Api.fresh("assertions");
        neighbour = RunningService.start(
                "--clients.file=" + Files.writeString(directory.resolve("same.yaml"), clients),
                "--oauth.issuer=" + ISSUER,
                prefix);
        service = RunningService.reading(
                prefix,
                "--clients.file=" + mounted.put("clients.yaml", clients),
                "--oauth.issuer=" + ISSUER,
                "--reload.interval=20ms");
    }

    @AfterAll
    static void stop() {
        service.close();
        neighbour.close();
        web.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "EdDSA", "Ed25519", "Ed448"})
    void proveWhoAsksAndWhoRevokes(String algorithm) {
        Granted granted = Granted.by(service);

        assertThat(introspect(granted.access(), assertion(algorithm, "signer"))
                        .json()
                        .required("username")
                        .textValue())
                .isEqualTo("joe");
        assertThat(service.call("POST", TokenRevocationRoutes.PATH)
                        .form("token=" + granted.refresh() + "&" + TYPE + "&client_id=signer&client_assertion="
                                + assertion(algorithm, "signer"))
                        .send())
                .hasToString("200 {}");
        assertThat(granted.state(service)).isEqualTo("access=false refresh=false");
    }

    @Test
    void areVerifiedByTheKeysOfAFileAndOfAUrl() {
        assertThat(introspect("any", OTHER.sign("ES256", HEADER, claims("other", ""))))
                .hasToString(INACTIVE);
        assertThat(introspect("any", SIGNER.sign("ES256", HEADER, claims("far", ""))))
                .hasToString(INACTIVE);
    }

    @Test
    void mayBeMeantForTheEndpointAndNeedNotSayWhenTheyWereMade() {
        String audience = ISSUER + "/oauth2/introspect";
        long end = now() + 60;

        assertThat(introspect(
                        "any",
                        SIGNER.sign(
                                "ES256",
                                "{\"alg\":\"ES256\",\"typ\":\"client-authentication+jwt\"}",
                                "{\"iss\":\"signer\",\"sub\":\"signer\",\"aud\":[\"" + audience + "\"],\"exp\":" + end
                                        + ",\"jti\":\"" + Api.fresh("j") + "\"}")))
                .hasToString(INACTIVE);
    }

    @Test
    void areGoodOnce() {
        String assertion = assertion("ES256", "signer");

        assertThat(introspect("any", assertion)).hasToString(INACTIVE);
        try (LogCapture log = LogCapture.open(Level.DEBUG, ClientAssertions.class, Gate.class)) {
            assertThat(introspect("any", assertion)).hasToString(INVALID);
            assertThat(causes(log)).containsExactly("jti: used before (expected: another one each time)");
        }
        assertThat(introspect("any", assertion("ES256", "signer"))).hasToString(INACTIVE);
    }

    @Test
    void areGoodOnceForAllInstances() {
        String assertion = assertion("ES256", "signer");

        assertThat(introspect(neighbour, "any", assertion)).hasToString(INACTIVE);
        assertThat(introspect("any", assertion)).hasToString(INVALID);
        assertThat(introspect(neighbour, "any", assertion)).hasToString(INVALID);
    }

    /** The same id in another assertion, and the same assertion in another spelling. */
    @Test
    void areGoodOnceByTheirIdAndWhoeverHasIt() {
        String id = Api.fresh("once");
        assertThat(introspect("any", SIGNER.sign("ES256", HEADER, claims("signer", id, 60))))
                .hasToString(INACTIVE);

        assertThat(introspect("any", SIGNER.sign("ES256", HEADER, claims("signer", id, 61))))
                .hasToString(INVALID);
        assertThat(introspect("any", OTHER.sign("ES256", HEADER, claims("other", id, 60))))
                .hasToString(INACTIVE);
    }

    /** Whoever sends false ones with an id that it has seen must not use it up. */
    @Test
    void areNotUsedUpByFalseOnes() {
        String good = assertion("ES256", "signer");
        String forged = good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";

        assertThat(introspect("any", forged)).hasToString(INVALID);
        assertThat(introspect("any", good)).hasToString(INACTIVE);
    }

    /**
     * One that does not hold.
     *
     * @param assertion signed when it is sent: it does not live long
     * @param cause which rule refuses it
     */
    private record Attack(String what, Supplier<String> assertion, String cause) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Attack> attacks() {
        String client = "iss: another one (expected: a client with keys)";
        String algorithm = "alg: not allowed";
        String type = "typ: another one";
        String audience = "aud: another one";
        String subject = "sub: another one";
        String end = "exp: out of range (expected: after now, by at most 300s)";
        String unsigned = "signature: absent or not base64url";
        String signature = "signature: false (expected: that of the client)";
        String noJwt = "not a JWT";
        return Stream.of(
                new Attack("no JWT", () -> "a.b.c", noJwt),
                new Attack("unsigned", AssertionsTest::unsigned, unsigned),
                new Attack("a public key as secret", AssertionsTest::withAPublicKeyAsSecret, algorithm),
                new Attack("the key of another client", () -> OTHER.sign("ES256", HEADER, usual()), signature),
                new Attack("for another client", () -> signed(HEADER, claims("other", "")), signature),
                new Attack("of a client with a secret", () -> signed(HEADER, claims(ClientFiles.ROOT, "")), client),
                new Attack("of nobody", () -> signed(HEADER, claims("nobody", "")), client),
                new Attack("another algorithm", () -> SIGNER.sign("ES384", es384(), usual()), algorithm),
                new Attack("its own key", AssertionsTest::withItsOwnKey, signature),
                new Attack("crit", () -> headed("\"crit\":[\"b64\"],\"b64\":false"), "crit: present"),
                new Attack("an access token", () -> headed("\"typ\":\"at+jwt\""), type),
                new Attack("a logout token", () -> headed("\"typ\":\"logout+jwt\""), type),
                new Attack(
                        "another audience", () -> with("\"aud\":", "\"aud\":\"https://a.example\",\"x\":"), audience),
                new Attack(
                        "two audiences", () -> with("\"aud\":", "\"aud\":[\"a\",\"" + ISSUER + "\"],\"x\":"), audience),
                new Attack("no audience", () -> with("\"aud\"", "\"x\""), audience),
                new Attack("another subject", () -> with("\"sub\":\"signer\"", "\"sub\":\"other\""), subject),
                new Attack("no subject", () -> with("\"sub\"", "\"x\""), subject),
                new Attack("no end", () -> with("\"exp\"", "\"x\""), "exp: missing"),
                new Attack("expired", () -> with("\"exp\":", "\"exp\":" + (now() - 60) + ",\"x\":"), end),
                new Attack("too long", () -> with("\"exp\":", "\"exp\":" + (now() + 600) + ",\"x\":"), end),
                new Attack(
                        "endless",
                        () -> with("\"exp\":", "\"exp\":1e300,\"x\":"),
                        "exp: out of range (expected: a number"),
                new Attack("no id", () -> with("\"jti\"", "\"x\""), "jti: missing"),
                new Attack("an empty id", () -> with("\"jti\":\"", "\"jti\":\"\",\"x\":\""), "jti: missing"),
                new Attack("a number as id", () -> with("\"jti\":\"", "\"jti\":7,\"x\":\""), "jti: another type"),
                new Attack("twice an issuer", () -> with("{", "{\"iss\":\"other\","), noJwt),
                new Attack(
                        "from the future",
                        () -> with("\"iat\":", "\"iat\":" + (now() + 120) + ",\"x\":"),
                        "iat: in the future"),
                new Attack("not yet", () -> with("{", "{\"nbf\":" + (now() + 120) + ","), "nbf: in the future"),
                new Attack("huge", () -> with("{", "{\"x\":\"" + "x".repeat(16_000) + "\","), "token: too long"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void areRefused(Attack attack) {
        try (LogCapture log = LogCapture.open(Level.DEBUG, ClientAssertions.class, Gate.class)) {
            assertThat(introspect("any", attack.assertion().get())).hasToString(INVALID);

            assertThat(causes(log)).singleElement().asString().startsWith(attack.cause());
        }
    }

    /** Why assertions were refused. */
    private static List<String> causes(LogCapture log) {
        return log.lines().stream()
                .filter(line -> line.contains(REFUSED))
                .map(line -> line.substring(line.indexOf(REFUSED) + REFUSED.length()))
                .toList();
    }

    /** What the caller is without an assertion, with a false one, and with one that names another client. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client_assertion=|missing",
                "TYPE&client_assertion=|missing",
                "client_assertion=ASSERTION|missing",
                "client_assertion_type=urn%3Aother&client_assertion=ASSERTION|missing",
                "TYPE&client_id=other&client_assertion=ASSERTION|unusable",
                "TYPE&client_id=root&client_assertion=ASSERTION|unusable"
            })
    void areRefusedInAnotherForm(String form, String credentials) {
        try (LogCapture log = LogCapture.open(Level.DEBUG, ClientAssertions.class, Gate.class)) {
            assertThat(service.call("POST", IntrospectionRoutes.PATH)
                            .form("token=any&"
                                    + form.replace("TYPE", TYPE).replace("ASSERTION", assertion("ES256", "signer")))
                            .send())
                    .hasToString(INVALID);

            assertThat(causes(log)).isEmpty();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("caller refused"))
                    .singleElement()
                    .asString()
                    .endsWith("reason=unauthenticated credentials=" + credentials);
        }
    }

    @Test
    void areTheOnlyProof() {
        String form = "token=any&" + TYPE + "&client_assertion=" + assertion("ES256", "signer");
        String two = "400 {\"error\":\"invalid_request\",\"error_description\":\"client_assertion: sent beside another"
                + " proof (expected: one of them)\"}";

        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .form(form + "&client_secret=x")
                        .send())
                .hasToString(two);
        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                        .form(form)
                        .send())
                .hasToString(two);
    }

    @Test
    void mayBeSentOnce() {
        String form = "token=any&" + TYPE + "&client_assertion=" + assertion("ES256", "signer");

        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .form(form + "&client_assertion=x")
                        .send())
                .hasToString(
                        "400 {\"error\":\"invalid_request\",\"error_description\":\"client_assertion: given more than"
                                + " once (expected: once)\"}");
    }

    /** Posting is not allowed to clients with secrets because others sign. */
    @Test
    void leaveTheOthersAsTheyWere() {
        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .form("token=any&client_id=gateway&client_secret=a+secret+of+128+random+bits")
                        .send())
                .hasToString(INVALID);
        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .basic("signer", "")
                        .form("token=any")
                        .send())
                .hasToString(INVALID);
        assertThat(service.call("POST", IntrospectionRoutes.PATH)
                        .basic(ClientFiles.GATEWAY, ClientFiles.SECRET)
                        .form("token=any")
                        .send())
                .hasToString(INACTIVE);
    }

    @Test
    void cantBeDecidedWithoutTheKeys() {
        Reply reply = introspect("any", SIGNER.sign("ES256", HEADER, claims("away", "")));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().required("error").textValue()).isEqualTo("temporarily_unavailable");
        assertThat(reply.json().required("error_description").textValue())
                .isEqualTo("keys: not fetched (expected: those of the client); nothing is known of what other keys have"
                        + " signed");
    }

    @Test
    void areInTheMetadata() {
        JsonNode metadata =
                service.call("GET", MetadataRoutes.PATH + "/revoker").send().json();

        for (String endpoint : new String[] {"introspection", "revocation"}) {
            assertThat(metadata.required(endpoint + "_endpoint_auth_methods_supported"))
                    .hasToString("[\"client_secret_basic\",\"private_key_jwt\"]");
            assertThat(metadata.required(endpoint + "_endpoint_auth_signing_alg_values_supported"))
                    .hasToString("[\"RS256\",\"PS256\",\"ES256\",\"EdDSA\",\"Ed25519\",\"Ed448\"]");
        }
    }

    @Test
    void areRefusedOnceTheClientHasOtherKeys() {
        mounted.put(
                "clients.yaml",
                clients.replace(SIGNER.jwks(), Issuer.named("new").jwks()));
        until(
                "the old keys are refused",
                () -> introspect("any", assertion("ES256", "signer")).status() == 401);

        mounted.put("clients.yaml", clients);
        until(
                "they are good again",
                () -> introspect("any", assertion("ES256", "signer")).status() == 200);
    }

    private static String es384() {
        return "{\"alg\":\"ES384\",\"kid\":\"ec384\"}";
    }

    private static String usual() {
        return claims("signer", "");
    }

    private static String unsigned() {
        return Jwts.base64("{\"alg\":\"none\"}") + "." + Jwts.base64(usual()) + ".";
    }

    private static String withAPublicKeyAsSecret() {
        String signed = Jwts.base64("{\"alg\":\"HS256\",\"kid\":\"rsa\"}") + "." + Jwts.base64(usual());
        byte[] secret = SIGNER.rsa().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        try {
            return signed + "."
                    + new MACSigner(secret)
                            .sign(new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withItsOwnKey() {
        String key = OTHER.keys().get(1).toJSONString();
        return OTHER.sign("ES256", "{\"alg\":\"ES256\",\"jwk\":" + key + "}", usual());
    }

    /** Signed with these members of the header. */
    private static String headed(String members) {
        return signed("{\"alg\":\"ES256\"," + members + "}", usual());
    }

    private static String signed(String header, String claims) {
        return SIGNER.sign("ES256", header, claims);
    }

    /** Signed with a change of the claims. */
    private static String with(String part, String other) {
        String claims = usual();
        String changed = claims.replaceFirst(java.util.regex.Pattern.quote(part), other);
        assertThat(changed).isNotEqualTo(claims);
        return signed(HEADER, changed);
    }

    private static String assertion(String algorithm, String client) {
        return SIGNER.sign(
                algorithm,
                "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + Issuer.keyId(algorithm) + "\"}",
                claims(client, ""));
    }

    private static String claims(String client, String id) {
        return claims(client, id.isEmpty() ? Api.fresh("j") : id, 60);
    }

    private static String claims(String client, String id, int seconds) {
        return "{\"iss\":\"" + client + "\",\"sub\":\"" + client + "\",\"aud\":\"" + ISSUER + "\",\"iat\":" + now()
                + ",\"exp\":" + (now() + seconds) + ",\"jti\":\"" + id + "\"}";
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static Reply introspect(String token, String assertion) {
        return introspect(service, token, assertion);
    }

    private static Reply introspect(RunningService asked, String token, String assertion) {
        return asked.call("POST", IntrospectionRoutes.PATH)
                .form("token=" + token + "&" + TYPE + "&client_assertion=" + assertion)
                .send();
    }
}
