package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Jwts;
import io.revoker.testing.RawConnection;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Issuers that sign their requests, as Universal Logout of Okta does. */
class SignedGlobalRevocationTest {
    private static final String PATH = "/oauth2/global-token-revocation";
    private static final String HERE = "https://revoker.example" + PATH;
    private static final Issuer CORP = Issuer.named("https://corp.okta.example");
    private static final Issuer MAIL = Issuer.named("https://mail.okta.example");
    private static final Issuer CLOSED = Issuer.named("https://closed.okta.example");
    private static final Issuer SILENT = Issuer.named("https://silent.okta.example");

    private static String[] options;
    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        String accepts = "revocation-audience: ['" + HERE + "']";
        String realms = "realms:\n"
                + CORP.realm(directory, "corp", accepts)
                + MAIL.realm(directory, "mail", accepts + ", username-claim: email, registered: required")
                + CLOSED.realm(directory, "closed", "logout-audience: ['" + HERE + "']")
                + "  silent: {issuer: '" + SILENT.name() + "', jwks: 'http://127.0.0.1:9/',"
                + " allow-private-addresses: true, " + accepts + "}\n";
        options = new String[] {
            ClientFiles.option(),
            "--oauth.issuer=https://revoker.example",
            "--realms.file=" + Files.writeString(directory.resolve("realms.yaml"), realms),
            "--redis.prefix=" + Api.fresh("signed")
        };
        service = RunningService.start(options);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'sub_id':{'format':'iss_sub','iss':'https://corp.okta.example','sub':'USER'}}
            {'sub_id':{'format':'opaque','id':'USER'}}
            {'subject':{'format':'iss_sub','iss':'https://corp.okta.example','sub':'USER'}}
            """)
    void revokesAllTokensOfAUserOfTheIssuer(String body) {
        String user = Api.fresh("joe");
        String access = register("corp", user, "access_token");
        String refresh = register("corp", user, "refresh_token");
        String unregistered = CORP.accessToken(user, "ES256", "");
        String ofAnother = register("corp", "jane", "access_token");
        String elsewhere = register("closed", user, "access_token");
        assertThat(isActive(unregistered)).isTrue();

        Reply reply = ask(signed(CORP, ""), body.replace("USER", user));

        assertThat(reply).hasToString("204 ");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(List.of(isActive(access), isActive(refresh), isActive(unregistered)))
                .containsOnly(false);
        assertThat(List.of(isActive(ofAnother), isActive(elsewhere))).containsOnly(true);
        assertThat(service.call("GET", "/v1/audit?username=" + user)
                        .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                        .send()
                        .body())
                .contains("\"caller\":\"issuer of corp\"", "\"via\":\"POST " + PATH + "\"");
    }

    @Test
    void takesAnEmailAddressWhereItIsTheName() {
        String user = Api.fresh("joe") + "@corp.example";
        String access = register("mail", user, "access_token");

        assertThat(ask(signed(MAIL, ""), "{'sub_id':{'format':'email','email':'" + user + "'}}"))
                .hasToString("204 ");

        assertThat(isActive(access)).isFalse();
        assertThat(ask(signed(MAIL, ""), "{'sub_id':{'format':'email','email':'nobody@corp.example'}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void takesAnEmailAddressAlsoWithItsDomainInLowerCase() {
        String user = Api.fresh("joe");
        String lower = register("mail", user + "@corp.example", "access_token");
        String upper = register("mail", user + "@CORP.example", "access_token");

        assertThat(ask(signed(MAIL, ""), "{'sub_id':{'format':'email','email':'" + user + "@CORP.example'}}"))
                .hasToString("204 ");

        assertThat(List.of(isActive(lower), isActive(upper))).containsOnly(false);
    }

    /** 204 would be false: no user of the realm has that name. */
    @Test
    void saysSoWhereItCanNotKnowWhoIsMeant() {
        Reply reply = ask(signed(CORP, ""), "{'sub_id':{'format':'email','email':'joe@corp.example'}}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().required("detail").textValue()).startsWith("sub_id: ");
        assertThat(ask(signed(MAIL, ""), "{'sub_id':{'format':'iss_sub','iss':'" + MAIL.name() + "','sub':'4711'}}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void letsAnIssuerRevokeItsOwnUsersOnly() {
        String user = Api.fresh("joe");
        String theirs = register("corp", user, "access_token");

        assertThat(ask(
                                signed(MAIL, ""),
                                "{'sub_id':{'format':'iss_sub','iss':'" + CORP.name() + "','sub':'" + user + "'}}")
                        .status())
                .isEqualTo(404);
        assertThat(ask(signed(MAIL, ""), "{'sub_id':{'format':'opaque','id':'" + user + "'}}")
                        .status())
                .isEqualTo(404);

        assertThat(isActive(theirs)).isTrue();
    }

    /** A stolen one can repeat the request that it was for, and nothing else. */
    @Test
    void takesASignatureForOneRequestOnly() {
        String user = Api.fresh("joe");
        String jwt = signed(CORP, "");
        String body = "{'sub_id':{'format':'opaque','id':'" + user + "'}}";
        String ofAnother = register("corp", "ann", "access_token");
        assertThat(ask(jwt, body).status()).isEqualTo(204);
        String since = register("corp", user, "access_token");

        assertThat(ask(jwt, body).status()).isEqualTo(204);
        assertThat(ask(jwt, body.replace(user, "ann")).status()).isEqualTo(403);

        assertThat(List.of(isActive(since), isActive(ofAnother))).containsOnly(true);
    }

    /** Also if it has revoked nothing: who reads its JWT in a log can't name another user. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | 400
            {'sub_id':{'format':'uri','id':'x'}} | 400
            {'sub_id':{'format':'opaque','id':'joe\\u200b'}} | 400
            {'sub_id':{'format':'iss_sub','iss':'https://corp.okta.example','sub':'ann'}} | 404
            {'sub_id':{'format':'opaque','id':'USER'}} | 404
            {'sub_id':{'format':'iss_sub','iss':'https://mail.okta.example','sub':'4711'}} | 422
            """)
    void takesASignatureForOneBodyOnly(String body, int status) {
        String user = Api.fresh("joe");
        String theirs = register("mail", "ann", "access_token");
        String jwt = signed(MAIL, "");
        String asked = body.replace("USER", user);
        assertThat(ask(jwt, asked).status()).isEqualTo(status);
        String since = register("mail", user, "access_token");

        Reply another = ask(jwt, "{'sub_id':{'format':'opaque','id':'ann'}}");
        Reply again = ask(jwt, asked);

        assertThat(another.status()).isEqualTo(403);
        assertThat(another.body()).contains("jti: used for another request");
        assertThat(again.status()).isEqualTo(status);
        assertThat(List.of(isActive(theirs), isActive(since))).containsOnly(true);
    }

    /** Its issuer may repeat it; who has read it in a log may not use it for something else. */
    @Test
    void takesASignatureForOneBodyOnlyIfThatCouldNotBeConfirmed() {
        String user = Api.fresh("joe");
        String theirs = register("corp", "ann", "access_token");
        String jwt = signed(CORP, "");
        String asked = "{'sub_id':{'format':'opaque','id':'" + user + "'}}";
        String[] replicated = Stream.concat(Stream.of(options), Stream.of("--redis.durability.replicas=1"))
                .toArray(String[]::new);
        try (RunningService withoutReplica = RunningService.start(replicated)) {
            assertThat(ask(withoutReplica, jwt, asked).status()).isEqualTo(503);
        }

        assertThat(ask(jwt, asked.replace(user, "ann")).status()).isEqualTo(403);
        assertThat(ask(jwt, asked).status()).isEqualTo(204);

        assertThat(isActive(theirs)).isTrue();
    }

    static Stream<Arguments> falseOnes() {
        long now = now();
        return Stream.of(
                Arguments.of("no JWT", "x"),
                Arguments.of("another type", signed(CORP, "", "JWT")),
                Arguments.of("a logout token's type", signed(CORP, "", "logout+jwt")),
                Arguments.of("another's key", signed(Issuer.named(CORP.name()), "")),
                Arguments.of("a realm that accepts none", signed(CLOSED, "")),
                Arguments.of("an unknown issuer", signed(Issuer.named("https://no.example"), "")),
                Arguments.of("other claims than were signed", changed(signed(CORP, ""))),
                Arguments.of("the audience of another endpoint", signed(CORP, ",'aud':'https://revoker.example/'")),
                Arguments.of("no jti", signed(CORP, ",'jti':null")),
                Arguments.of("expired", signed(CORP, ",'iat':" + (now - 600) + ",'exp':" + (now - 300))),
                Arguments.of("good for an hour", signed(CORP, ",'exp':" + (now + 3600))),
                Arguments.of("not good yet", signed(CORP, ",'nbf':" + (now + 200))));
    }

    /** With all that it needs, and one claim that is another since it was signed. */
    private static String changed(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        assertThat(claims).contains("0oa1");
        return parts[0] + "." + Jwts.base64(claims.replace("0oa1", "0oa2").getBytes(StandardCharsets.UTF_8)) + "."
                + parts[2];
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseOnes")
    void refusesAFalseOne(String what, String jwt) {
        String access = register("corp", "joe", "access_token");

        Reply reply = ask(jwt, "{'sub_id':{'format':'opaque','id':'joe'}}");

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(isActive(access)).isTrue();
    }

    /** All else holds: nothing but the signature tells. */
    @Test
    void looksAtTheSignature() {
        assertThat(ask(changed(signed(CORP, "")), "{'sub_id':{'format':'opaque','id':'joe'}}")
                        .body())
                .contains("signature: false");
    }

    /** Strangers that send slowly would hold up the issuers. */
    @Test
    void refusesAFalseOneWithoutItsBody() {
        try (RawConnection slow = service.connect()) {
            slow.send("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer x\r\nContent-Length: 100\r\n\r\n");

            assertThat(slow.read().status()).isEqualTo(401);
        }
    }

    @Test
    void isAskedAgainLaterWhileTheKeysCanNotBeFetched() {
        Reply reply = ask(signed(SILENT, ""), "{'sub_id':{'format':'opaque','id':'joe'}}");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void refusesASignedRequestThatNamesNobody() {
        assertThat(ask(signed(CORP, ""), "{}").status()).isEqualTo(400);
        assertThat(ask(signed(CORP, ""), "{'sub_id':{'format':'uri','id':'x'}}").status())
                .isEqualTo(400);
        assertThat(ask(signed(CORP, ""), "{'sub_id':{'format':'opaque','id':'" + "x".repeat(1025) + "'}}")
                        .status())
                .isEqualTo(400);
        assertThat(ask(signed(CORP, ""), "{'sub_id':{'format':'opaque','id':'joe\\u200b'}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void isInTheMetadata() {
        assertThat(service.call("GET", "/.well-known/oauth-authorization-server")
                        .send()
                        .json()
                        .required("global_token_revocation_endpoint_auth_methods_supported"))
                .hasToString("[\"client_secret_basic\",\"global-token-revocation+jwt\"]");
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    /** As Okta makes it: it begins five minutes ago, and ends in five. */
    private static String signed(Issuer issuer, String more) {
        return signed(issuer, more, "global-token-revocation+jwt");
    }

    /** The last of several members of a name is the one that counts. */
    private static String signed(Issuer issuer, String more, String type) {
        long now = now();
        Map<String, String> claims = new LinkedHashMap<>();
        String all = "'iss':'" + issuer.name() + "','sub':'0oa1','aud':'" + HERE + "','jti':'" + Api.fresh("jti")
                + "','iat':" + now + ",'nbf':" + (now - 300) + ",'exp':" + (now + 300) + more;
        for (String member : all.split(",(?=')", -1)) {
            claims.put(member.substring(0, member.indexOf(':', 1)), member);
        }
        return issuer.sign(
                "RS256",
                json("{'typ':'" + type + "','alg':'RS256','kid':'rsa'}"),
                json("{" + String.join(",", claims.values()) + "}"));
    }

    private static Reply ask(String jwt, String body) {
        return ask(service, jwt, body);
    }

    private static Reply ask(RunningService service, String jwt, String body) {
        return service.call("POST", PATH)
                .header("Authorization", "Bearer " + jwt)
                .json(json(body))
                .send();
    }

    private static String register(String realm, String user, String kind) {
        return ClientFiles.token(service, realm, user, kind);
    }

    private static boolean isActive(String token) {
        return ClientFiles.isActive(service, token);
    }

    private static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
