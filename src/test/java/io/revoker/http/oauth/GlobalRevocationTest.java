package io.revoker.http.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Issuer;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies as the examples of draft-parecki-oauth-global-token-revocation-06, section 3.1, and of RFC 9493 are. */
class GlobalRevocationTest {
    private static final String PATH = "/oauth2/global-token-revocation";
    private static final Issuer CORP = Issuer.named("https://login.example/corp");

    private static RunningService service;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        Path keys = Files.writeString(directory.resolve("keys.json"), CORP.jwks());
        Path realms = Files.writeString(directory.resolve("realms.yaml"), """
                realms:
                  corp: {issuer: '%s', jwks: '%s', registered: required}
                  open: {issuer: 'https://login.example/open', jwks: '%s'}
                  mail: {issuer: 'https://login.example/mail', jwks: '%s', username-claim: email, registered: required}
                """.formatted(CORP.name(), keys, keys, keys));
        Path clients = Files.writeString(
                directory.resolve("clients.yaml"),
                ClientFiles.text() + ClientFiles.another("two-realms", "[invalidate]") + "    realms: [corp, mail]\n");
        service = RunningService.start("--clients.file=" + clients, "--realms.file=" + realms);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'sub_id':{'format':'opaque','id':'USER'}}
            {'sub_id':{'format':'iss_sub','iss':'https://login.example/corp','sub':'USER'}}
            {'subject':{'format':'opaque','id':'USER'}}
            """)
    void revokesAllTokensOfTheUser(String body) {
        String user = Api.fresh("joe") + "@corp.example";
        String access = register("corp", user, "access_token");
        String refresh = register("corp", user, "refresh_token");
        String ofAnother = register("corp", "jane", "access_token");

        Reply reply = revoke(ClientFiles.CORP, body.replace("USER", user));

        assertThat(reply).hasToString("204 ");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(isActive(access)).isFalse();
        assertThat(isActive(refresh)).isFalse();
        assertThat(isActive(ofAnother)).isTrue();
        assertThat(revoke(ClientFiles.CORP, body.replace("USER", user)).status())
                .as("again")
                .isEqualTo(204);
    }

    @Test
    void revokesInTheRealmsOfTheClientOnly() {
        String user = Api.fresh("joe");
        String ours = register("corp", user, "access_token");
        String theirs = register("partners", user, "access_token");
        String body = "{'sub_id':{'format':'opaque','id':'" + user + "'}}";

        assertThat(revoke(ClientFiles.CORP, body).status()).isEqualTo(204);
        assertThat(isActive(ours)).isFalse();
        assertThat(isActive(theirs)).isTrue();

        assertThat(revoke(ClientFiles.OPS, body).status()).isEqualTo(204);
        assertThat(isActive(theirs)).isFalse();
    }

    /** The draft's 204 says that the revocation has begun; a user may have more tokens than can be counted in time. */
    @Test
    void doesNotWaitForTheSweep() {
        String user = Api.fresh("joe");
        try (RunningService slow =
                RunningService.start("--sweep.patience=1ms", "--sweep.rate-limit=1", "--sweep.batch-size=1")) {
            Api api = new Api(slow);
            List<String> tokens = Stream.of("corp", "partners", "lab")
                    .map(realm -> api.access(realm, user))
                    .toList();

            Reply reply = slow.call("POST", PATH)
                    .json("{\"sub_id\":{\"format\":\"opaque\",\"id\":\"" + user + "\"}}")
                    .send();

            assertThat(reply).hasToString("204 ");
            assertThat(tokens).noneMatch(api::isActive);
            Waiting.until(
                    "counted",
                    () -> slow.call("GET", "/v1/sweeps").send().json().findValues("invalidated_tokens").stream()
                            .anyMatch(counted -> counted.intValue() == 3));
        }
    }

    /** A user who may have unregistered JWTs is known. */
    @Test
    void findsUsersWhoMayHaveUnregisteredJwts() {
        assertThat(revoke(ClientFiles.OPS, issuedBy("https://login.example/open", Api.fresh("joe")))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void tellsNothingOfTheUsersOfOthers() {
        String user = Api.fresh("joe");
        register("open", user, "access_token");
        Reply unknown = revoke(ClientFiles.CORP, issuedBy(CORP.name(), Api.fresh("nobody")));

        assertThat(unknown)
                .hasToString(
                        "404 {\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                                + "\"detail\":\"sub_id: no such user (expected: a user who has tokens in the client's realms)\"}");
        assertThat(revoke(ClientFiles.CORP, issuedBy("https://login.example/open", user)))
                .hasToString(unknown.toString());
        assertThat(revoke(ClientFiles.CORP, issuedBy("https://no.example", user)))
                .hasToString(unknown.toString());
    }

    /** The subject is no user name here. Only clients of the realm learn that there is such a realm. */
    @Test
    void saysSoWhereTheSubjectIsNotTheName() {
        String body = issuedBy("https://login.example/mail", "4711");

        assertThat(revoke(ClientFiles.OPS, body).status()).isEqualTo(422);
        assertThat(revoke(ClientFiles.CORP, body).status()).isEqualTo(404);
    }

    /** 204 would be false: in a realm whose users are by {@code sub} no user is named by an email address. */
    @Test
    void takesAnEmailAddressOnlyWhereItIsTheName() {
        String user = Api.fresh("joe") + "@corp.example";
        String body = "{'sub_id':{'format':'email','email':'" + user + "'}}";

        assertThat(revoke(ClientFiles.CORP, body).status()).isEqualTo(422);
        assertThat(revoke("two-realms", body).status()).isEqualTo(404);
        assertThat(revoke(ClientFiles.OPS, body).status())
                .as("the only realm with such names has registered tokens alone")
                .isEqualTo(404);

        String access = register("mail", user, "access_token");
        String byOtherName = register("corp", user, "access_token");
        assertThat(revoke("two-realms", body).status()).isEqualTo(204);
        assertThat(List.of(isActive(access), isActive(byOtherName))).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | sub_id: missing (expected: a subject identifier, RFC 9493)
            {'sub_id':'joe'} | sub_id: string (expected: a JSON object)
            {'sub_id':{'id':'joe'}} | format: missing (expected: text)
            {'sub_id':{'format':'opaque'}} | id: missing (expected: text)
            {'sub_id':{'format':'opaque','id':7}} | sub_id.id: not a string with at least one character
            {'sub_id':{'format':'iss_sub','iss':'https://login.example/corp'}} | sub:
            {'sub_id':{'format':'phone_number','email':'+1'}} | format: another one (expected: iss_sub, opaque or email)
            {'sub_id':{'format':'aliases','identifiers':[]}} | sub_id: an unknown field
            {'sub_id':{'format':'opaque','id':'joe'},'subject':{'format':'opaque','id':'eve'}} | sub_id, subject: both given
            {'sub_id':{'format':'opaque','id':'joe'},'x':1} | body: an unknown field
            {'sub_id': | body: not JSON
            """)
    void refusesWhatNamesNobody(String body, String detail) {
        String access = register("corp", "joe", "access_token");

        Reply reply = revoke(ClientFiles.CORP, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith(detail);
        assertThat(isActive(access)).isTrue();
    }

    @Test
    void refusesWhoMayNot() {
        String body = "{\"sub_id\":{\"format\":\"opaque\",\"id\":\"joe\"}}";

        assertThat(service.call("POST", PATH).json(body).send().status()).isEqualTo(401);
        assertThat(service.call("POST", PATH)
                        .basic(ClientFiles.OPS, "wrong")
                        .json(body)
                        .send()
                        .header("WWW-Authenticate"))
                .startsWith("Basic ");
        assertThat(revoke(ClientFiles.GATEWAY, body).status()).isEqualTo(403);
        assertThat(service.call("GET", PATH).send().status()).isEqualTo(405);
        assertThat(service.call("POST", PATH).form("x=y").send().status()).isEqualTo(415);
    }

    private static String issuedBy(String issuer, String user) {
        return "{'sub_id':{'format':'iss_sub','iss':'" + issuer + "','sub':'" + user + "'}}";
    }

    private static Reply revoke(String client, String body) {
        return service.call("POST", PATH)
                .basic(client, ClientFiles.SECRET)
                .json(body.replace('\'', '"'))
                .send();
    }

    private static String register(String realm, String user, String kind) {
        return ClientFiles.token(service, realm, user, kind);
    }

    private static boolean isActive(String token) {
        return ClientFiles.isActive(service, token);
    }
}
