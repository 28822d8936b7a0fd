package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.BackChannelLogoutRequest;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import io.revoker.domain.TokenId;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logout tokens of a provider, made and sent by the OpenID Connect library of Nimbus, and false ones. */
class BackChannelLogoutTest {
    private static final Issuer CORP = Issuer.named("https://login.example/corp");
    private static final Issuer PARTNERS = Issuer.named("https://login.example/partners");
    private static final Issuer NAMED = Issuer.named("https://login.example/named");
    private static final Issuer LOCKED = Issuer.named("https://login.example/locked");
    private static final Issuer BRIEF = Issuer.named("https://login.example/brief");
    private static final Issuer SILENT = Issuer.named("https://login.example/silent");
    private static final Issuer CLOSED = Issuer.named("https://login.example/closed");
    private static final String PATH = "/oidc/backchannel-logout";
    private static final JOSEObjectType LOGOUT = new JOSEObjectType("logout+jwt");
    private static final int MOST_STRANGERS = 256;
    private static final String EVENTS = "'events':{'http://schemas.openid.net/event/backchannel-logout':{}}";
    private static String prefix;
    private static String realmFile;
    private static RunningService service;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", "logout-audience: [revoker]")
                + PARTNERS.realm(directory, "partners", "logout-audience: [revoker]")
                + NAMED.realm(directory, "named", "logout-audience: [revoker], username-claim: preferred_username")
                + LOCKED.realm(directory, "locked", "logout-audience: [revoker]")
                + BRIEF.realm(directory, "brief", "logout-audience: [revoker], max-lifetime: 30s")
                + CLOSED.realm(directory, "closed", "audience: [revoker]")
                + "  silent: {issuer: '" + SILENT.name() + "', jwks: 'http://127.0.0.1:9/',"
                + " allow-private-addresses: true, logout-audience: [revoker]}\n";
        prefix = Api.fresh("logout");
        realmFile = "--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms);
        service = RunningService.start("--redis.prefix=" + prefix, realmFile);
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void endsTheUserInTheRealmOfTheProvider() throws Exception {
        String user = Api.fresh("joe");
        Api.Pair pair = api.pair("corp", user);
        String jwt = accessToken(CORP, user);
        String ofAnother = api.access("corp", "jane");
        String elsewhere = api.access("partners", user);
        assertThat(api.check(jwt)).isEqualTo(200);

        HTTPResponse answer = send(logoutToken(CORP, user));

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getCacheControl()).isEqualTo("no-store");
        assertThat(service.call("GET", "/v1/audit?username=" + user).send().body())
                .contains("\"caller\":\"issuer of corp\"", "\"via\":\"POST /oidc/backchannel-logout\"");
        assertThat(List.of(api.check(pair.access()), api.check(jwt))).containsExactly(401, 401);
        assertThat(api.isActive(pair.refresh())).isFalse();
        assertThat(List.of(api.check(ofAnother), api.check(elsewhere))).containsExactly(200, 200);
    }

    /** It is good for up to a day, and the user may have come back. */
    @Test
    void endsNothingThatHasBegunSinceIfItComesLate() {
        long issued = now() - 600;
        String user = Api.fresh("joe");
        String before = api.access("corp", user, "\"issued_at\":" + (issued - 60));
        String since = api.access("corp", user, "\"issued_at\":" + (issued + 60));
        String late = CORP.sign(
                "RS256",
                header("RS256", ""),
                json("{'iss':'" + CORP.name() + "','aud':'revoker','sub':'" + user + "','jti':'" + Api.fresh("jti")
                        + "','iat':" + issued + ",'exp':" + (now() + 600) + "," + EVENTS + "}"));

        assertThat(post(late)).hasToString("200 ");

        assertThat(List.of(api.check(before), api.check(since))).containsExactly(401, 200);
    }

    @Test
    void endsNothingThatHasBegunSinceIfItIsSentAgain() throws Exception {
        String user = Api.fresh("joe");
        SignedJWT token = logoutToken(CORP, user);
        assertThat(send(token).getStatusCode()).isEqualTo(200);
        String since = api.access("corp", user);

        assertThat(send(token).getStatusCode()).isEqualTo(200);
        assertThat(api.check(since)).as("after the same token again").isEqualTo(200);

        assertThat(send(logoutToken(CORP, user)).getStatusCode()).isEqualTo(200);
        assertThat(api.check(since)).as("after another logout").isEqualTo(401);
    }

    /** What is issued while the realm is locked is active again after the lock: so a logout counts all the same. */
    @Test
    void isCarriedOutWhileTheRealmIsLocked() throws Exception {
        String hour = Instant.ofEpochSecond(now() + 3600).toString();
        assertThat(service.call("POST", "/v1/revocations")
                        .json(json("{'target':{'realm_name':'locked'},'until':'" + hour + "'}"))
                        .send()
                        .status())
                .isEqualTo(200);

        try (LogCapture log = LogCapture.open(Level.INFO)) {
            assertThat(send(logoutToken(LOCKED, Api.fresh("joe"))).getStatusCode())
                    .isEqualTo(200);
            assertThat(log.lines().toString()).contains("issuer of locked");
        }
    }

    /** The bound is that of access tokens; a logout token of the usual two minutes is none. */
    @Test
    void isGoodForLongerThanAnAccessTokenOfTheRealm() {
        String user = Api.fresh("joe");
        String access = api.access("brief", user);

        assertThat(post(logout(BRIEF, "'sub':'" + user + "','jti':'j'," + EVENTS)))
                .hasToString("200 ");

        assertThat(api.check(access)).isEqualTo(401);
    }

    /** Whoever follows the log is told of tokens only. */
    @Test
    void entersTheRevocationIntoTheLogAndNothingElse() throws Exception {
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            String log = prefix + ":{log}:events";
            long before = redis.number("XLEN", log);

            assertThat(send(logoutToken(CORP, Api.fresh("joe"))).getStatusCode())
                    .isEqualTo(200);

            assertThat(redis.number("XLEN", log)).isEqualTo(before + 1);
        }
    }

    /** An earlier build has registered the one of which nothing can be told: its sweep meets an error each time. */
    @Test
    void isCarriedOutOnceAlthoughItsSweepMeetsErrors() {
        String user = Api.fresh("joe");
        String session = Api.fresh("s");
        String ended = registerIn("partners", user, session);
        String dark = registerIn("partners", user, Api.fresh("s"));
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            redis.call("DEL", prefix + ":t:" + TokenId.of(dark).value().substring(0, 3));
        }
        String token = logout(PARTNERS, "'sid':'" + session + "','jti':'" + Api.fresh("jti") + "'," + EVENTS);

        assertThat(post(token)).hasToString("200 ");
        assertThat(api.check(ended)).isEqualTo(401);
        String since = registerIn("partners", user, session);

        assertThat(post(token)).as("sent again").hasToString("200 ");
        assertThat(api.check(since)).isEqualTo(200);
    }

    @Test
    void mayBeSentAgainIfItFailed() {
        String token = logout(CORP, "'sub':'joe','jti':'" + Api.fresh("jti") + "'," + EVENTS);
        try (RunningService alone = RunningService.start(
                realmFile, "--redis.durability.replicas=1", "--redis.durability.replica-timeout=100ms")) {
            for (String time : new String[] {"first", "second"}) {
                assertThat(alone.call("POST", PATH)
                                .form("logout_token=" + token)
                                .send()
                                .toString())
                        .as(time)
                        .startsWith("503 ")
                        .contains("durability: 0 replicas (expected: 1)");
            }
        }
    }

    /** They can't keep introspection and revocation from reading the credentials of clients. */
    @Test
    void readsNoFormsOfStrangersInThePlacesOfClients() {
        String begun = "POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntoken=";
        try (RunningService own = RunningService.start(
                ClientFiles.option(), "--oauth.client-secret-post=true", "--runtime.instances=1")) {
            List<RawConnection> slow = Stream.generate(own::connect)
                    .limit(MOST_STRANGERS)
                    .map(connection -> connection.send(begun))
                    .toList();
            Waiting.until(
                    "full",
                    () -> own.call("POST", PATH).form("logout_token=x").send().status() == 503);

            assertThat(own.call("POST", "/oauth2/introspect")
                            .form("client_id=" + ClientFiles.GATEWAY + "&client_secret="
                                    + URLEncoder.encode(ClientFiles.SECRET, StandardCharsets.UTF_8) + "&token=x")
                            .send())
                    .hasToString("200 {\"active\":false}");
            slow.forEach(RawConnection::close);
        }
    }

    @Test
    void takesTheSameIdOfAnotherProviderForAnother() {
        String user = Api.fresh("joe");
        String access = api.access("partners", user);
        String jti = Api.fresh("jti");

        assertThat(post(logout(CORP, "'sub':'" + user + "','jti':'" + jti + "'," + EVENTS)))
                .hasToString("200 ");
        assertThat(api.check(access)).isEqualTo(200);
        assertThat(post(logout(PARTNERS, "'sub':'" + user + "','jti':'" + jti + "'," + EVENTS)))
                .hasToString("200 ");
        assertThat(api.check(access)).isEqualTo(401);
    }

    /** Also without the user, whom a provider need not name. */
    @ParameterizedTest
    @ValueSource(strings = {"'sub':'USER','sid':'SESSION'", "'sid':'SESSION'"})
    void endsOnlyTheSessionThatIsNamed(String claims) {
        String user = Api.fresh("joe");
        String session = Api.fresh("s");
        String ended = registerIn("corp", user, session);
        String otherSession = registerIn("corp", user, Api.fresh("s"));
        String elsewhere = registerIn("partners", user, session);
        String jwt = accessToken(CORP, user, session);
        String otherJwt = accessToken(CORP, user, "other");
        assertThat(List.of(api.check(jwt), api.check(otherJwt))).containsExactly(200, 200);
        String named = claims.replace("USER", user).replace("SESSION", session);

        assertThat(post(logout(CORP, named + ",'jti':'" + Api.fresh("jti") + "'," + EVENTS)))
                .hasToString("200 ");

        assertThat(List.of(api.check(ended), api.check(jwt))).containsExactly(401, 401);
        assertThat(List.of(api.check(otherSession), api.check(otherJwt), api.check(elsewhere)))
                .containsExactly(200, 200, 200);
    }

    private static String registerIn(String realm, String user, String session) {
        return api.access(realm, user, "\"session_id\":\"" + session + "\"");
    }

    @Test
    void takesTheUserFromTheClaimOfTheRealm() {
        String user = Api.fresh("joe");
        String access = api.access("named", user);

        Reply unnamed = post(logout(NAMED, "'sub':'4711','jti':'" + Api.fresh("jti") + "'," + EVENTS));
        assertThat(unnamed.status()).isEqualTo(400);
        assertThat(api.check(access)).isEqualTo(200);

        Reply named = post(logout(
                NAMED, "'sub':'4711','preferred_username':'" + user + "','jti':'" + Api.fresh("jti") + "'," + EVENTS));
        assertThat(named.status()).isEqualTo(200);
        assertThat(api.check(access)).isEqualTo(401);
    }

    static Stream<Arguments> falseTokens() throws JOSEException {
        long now = now();
        String good = claims(now, "'sub':'joe','jti':'j'," + EVENTS);
        String header = header("RS256", "");
        return Stream.of(
                Arguments.of("no JWT", "not a JWT", "x"),
                Arguments.of("three parts", "not a JWT", "x.y.z"),
                Arguments.of("no signature", "signature: absent", unsigned("{'alg':'none','typ':'logout+jwt'}", good)),
                Arguments.of(
                        "alg none",
                        "alg: not allowed",
                        CORP.sign("RS256", json("{'alg':'none','typ':'logout+jwt'}"), good)),
                Arguments.of("the public key as a secret", "alg: not allowed", hmac(good)),
                Arguments.of("another realm's key", "signature: false", PARTNERS.sign("RS256", header, good)),
                Arguments.of("an access token's type", "typ: ", CORP.sign("RS256", header("at+jwt"), good)),
                Arguments.of("an ID token's type", "typ: ", CORP.sign("RS256", header("JWT"), good)),
                Arguments.of("crit", "crit: present", CORP.sign("RS256", header("RS256", ",'crit':['x']"), good)),
                Arguments.of("a realm that accepts none", "iss: ", logout(CLOSED, "'sub':'joe','jti':'j'," + EVENTS)),
                Arguments.of("an unknown issuer", "iss: ", CORP.sign("RS256", header, good.replace("corp", "x"))),
                Arguments.of("another audience", "aud: ", CORP.sign("RS256", header, good.replace("revoker", "x"))),
                Arguments.of("no events", "events: ", logout(CORP, "'sub':'joe','jti':'j'")),
                Arguments.of("another event", "events: ", logout(CORP, "'sub':'joe','jti':'j','events':{'x':{}}")),
                Arguments.of(
                        "an event that is no object",
                        "http://schemas.openid.net/event/backchannel-logout: another type",
                        logout(CORP, "'sub':'joe','jti':'j'," + EVENTS.replace("{}", "true"))),
                Arguments.of("a nonce", "nonce: ", logout(CORP, "'sub':'joe','jti':'j','nonce':'n'," + EVENTS)),
                Arguments.of("no jti", "jti: missing", logout(CORP, "'sub':'joe'," + EVENTS)),
                Arguments.of("neither sub nor sid", "sub: missing", logout(CORP, "'jti':'j'," + EVENTS)),
                Arguments.of("an empty sid", "session_id: ", logout(CORP, "'sid':'','jti':'j'," + EVENTS)),
                Arguments.of("no iat", "iat: missing", CORP.sign("RS256", header, good.replace("iat", "x"))),
                Arguments.of("no exp", "exp: missing", CORP.sign("RS256", header, good.replace("exp", "x"))),
                Arguments.of(
                        "expired",
                        "exp: past",
                        CORP.sign("RS256", header, good.replace("\"exp\":" + (now + 600), "\"exp\":" + (now - 60)))),
                Arguments.of(
                        "good for two days",
                        "exp: too far from iat",
                        CORP.sign("RS256", header, good.replace("" + (now + 600), "" + (now + 172_800)))),
                Arguments.of(
                        "two subjects",
                        "not a JWT",
                        CORP.sign("RS256", header, good.replace("\"jti\"", "\"sub\":\"eve\",\"jti\""))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseTokens")
    void refusesAFalseOne(String what, String why, String token) {
        String access = api.access("corp", "joe");

        Reply reply = post(token);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.json().required("error").textValue()).isEqualTo("invalid_request");
        assertThat(reply.json().required("error_description").textValue()).startsWith("logout_token: " + why);
        assertThat(api.check(access)).isEqualTo(200);
    }

    @Test
    void refusesOneThatIsNotIssuedYet() {
        String access = api.access("corp", "joe");

        Reply reply = post(CORP.sign(
                "RS256",
                header("RS256", ""),
                claims(now() + 100, "'sub':'joe','jti':'" + Api.fresh("j") + "'," + EVENTS)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("error_description").textValue())
                .startsWith("logout_token: iat: in the future");
        assertThat(api.check(access)).isEqualTo(200);
    }

    /** Who sends it says where a key is: nobody looks there. */
    @Test
    void fetchesNoKeyFromWhereTheTokenSaysItIs() throws IOException {
        Issuer forger = Issuer.named(CORP.name());
        String access = api.access("corp", "joe");
        try (ServerSocket theirs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + theirs.getLocalPort() + "/keys";
            String more = ",'jku':'" + url + "','x5u':'" + url + "','jwk':"
                    + forger.keys().get(0).toJSONString();
            Reply reply = post(forger.sign("RS256", header("RS256", more), claims("'sub':'joe','jti':'k'," + EVENTS)));

            assertThat(reply.status()).isEqualTo(400);
            theirs.setSoTimeout(1);
            assertThat(isConnectedTo(theirs)).isFalse();
        }
        assertThat(api.check(access)).isEqualTo(200);
    }

    private static boolean isConnectedTo(ServerSocket server) throws IOException {
        try {
            server.accept().close();
            return true;
        } catch (java.net.SocketTimeoutException nobody) {
            return false;
        }
    }

    @Test
    void isAskedAgainLaterWhileTheKeysCanNotBeFetched() {
        Reply reply = post(logout(SILENT, "'sub':'joe','jti':'j'," + EVENTS));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(reply.json().required("error").textValue()).isEqualTo("temporarily_unavailable");
    }

    @Test
    void refusesWhatIsNoFormWithOneToken() {
        String token = logout(CORP, "'sub':'joe','jti':'l'," + EVENTS);
        assertThat(service.call("POST", PATH)
                        .form("logout_token=" + token + "&logout_token=" + token)
                        .send()
                        .status())
                .isEqualTo(400);
        assertThat(service.call("POST", PATH).json("{}").send().status()).isEqualTo(400);
        assertThat(service.call("POST", PATH)
                        .form("logout_token=" + "x".repeat(2_000_000))
                        .send()
                        .status())
                .isEqualTo(413);
        assertThat(service.call("GET", PATH).send().header("Allow")).isEqualTo("POST");
    }

    @Test
    void logsWhoLoggedOutAndNoUser() throws Exception {
        String user = Api.fresh("secretive");
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            send(logoutToken(CORP, user));
            assertThat(log.lines().toString()).contains("issuer of corp").doesNotContain(user);
        }
    }

    private static HTTPResponse send(SignedJWT token) throws IOException {
        return new BackChannelLogoutRequest(service.uri(PATH), token)
                .toHTTPRequest()
                .send();
    }

    private static Reply post(String token) {
        return service.call("POST", PATH).form("logout_token=" + token).send();
    }

    @SuppressWarnings("JavaUtilDate") // the library asks for it
    private static SignedJWT logoutToken(Issuer issuer, String user) throws JOSEException, ParseException {
        Date now = new Date();
        LogoutTokenClaimsSet claims = new LogoutTokenClaimsSet(
                new com.nimbusds.oauth2.sdk.id.Issuer(issuer.name()),
                new Subject(user),
                new Audience("revoker").toSingleAudienceList(),
                now,
                new Date(now.getTime() + 600_000),
                new JWTID(),
                null);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(LOGOUT)
                        .keyID("rsa")
                        .build(),
                claims.toJWTClaimsSet());
        token.sign(new RSASSASigner(issuer.rsa()));
        return token;
    }

    private static String logout(Issuer issuer, String claims) {
        return issuer.sign("RS256", header("RS256", ""), claims(claims).replace(CORP.name(), issuer.name()));
    }

    private static String accessToken(Issuer issuer, String user) {
        return accessToken(issuer, user, "none");
    }

    private static String accessToken(Issuer issuer, String user, String session) {
        return issuer.sign(
                "ES256",
                json("{'typ':'at+jwt','alg':'ES256','kid':'ec'}"),
                claims("'sub':'" + user + "','sid':'" + session + "','jti':'" + Api.fresh("j") + "'"));
    }

    private static String header(String type) {
        return json("{'typ':'" + type + "','alg':'RS256','kid':'rsa'}");
    }

    private static String header(String algorithm, String more) {
        return json("{'typ':'logout+jwt','alg':'" + algorithm + "','kid':'rsa'" + more + "}");
    }

    private static String claims(String more) {
        return claims(now(), more);
    }

    private static String claims(long issuedAt, String more) {
        return json("{'iss':'" + CORP.name() + "','aud':'revoker','iat':" + issuedAt + ",'exp':" + (issuedAt + 600)
                + "," + more + "}");
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String unsigned(String header, String claims) {
        return Jwts.base64(json(header)) + "." + Jwts.base64(claims) + ".";
    }

    private static String hmac(String claims) throws JOSEException {
        String signed = Jwts.base64(header("HS256", "")) + "." + Jwts.base64(claims);
        byte[] key = CORP.rsa().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        return signed + "."
                + new MACSigner(key)
                        .sign(
                                new JWSHeader.Builder(JWSAlgorithm.HS256)
                                        .type(LOGOUT)
                                        .build(),
                                signed.getBytes(StandardCharsets.US_ASCII));
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
