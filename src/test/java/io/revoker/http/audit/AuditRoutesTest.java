package io.revoker.http.audit;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRoutesTest {
    private static RunningService service;

    private final String realm = Api.fresh("realm");

    @BeforeAll
    static void start() {
        service = RunningService.start(ClientFiles.option(), "--audit.interval=100ms");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsWhoHasRevokedWhatFromWhereAndWhy() {
        String token = register(realm, "joe");

        ops("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"" + realm
                        + "\",\"username\":\"joe\"},\"reason\":{\"code\":\"compromise\",\"text\":\"laptop\"}}")
                .send();

        JsonNode entry = entries("realm_name=" + realm + "&kind=revocation").get(0);
        assertThat(entry.path("caller").asText()).isEqualTo(ClientFiles.OPS);
        assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("via").asText()).isEqualTo("POST /v1/revocations");
        assertThat(entry.path("target").asText()).isEqualTo("user_in_realm");
        assertThat(entry.path("username").asText()).isEqualTo("joe");
        assertThat(entry.at("/reason/code").asText()).isEqualTo("compromise");
        assertThat(entry.at("/reason/text").asText()).isEqualTo("laptop");
        assertThat(entry.path("outcome").asText()).isEqualTo("done");
        assertThat(entry.path("invalidated_tokens").asLong()).isEqualTo(1);
        assertThat(entry.path("stamp").asText()).matches("[0-9]{16}");
        assertThat(entry.toString()).doesNotContain(token);
    }

    @Test
    void namesTheHolderOfASingleTokenButNotTheToken() {
        String token = register(realm, "joe");

        ops("DELETE", Api.PATH).json("{\"token\":\"" + token + "\"}").send();

        JsonNode entry =
                entries("realm_name=" + realm + "&username=joe&kind=revocation").get(0);
        assertThat(entry.path("target").asText()).isEqualTo("access_token");
        assertThat(entry.path("token_id").asText()).hasSize(10);
        assertThat(entry.path("via").asText()).isEqualTo("DELETE /_security/oauth2/token");
        assertThat(entry.toString()).doesNotContain(token);
    }

    @Test
    void tellsOfWhatApplicationsDoOverTheEventBus() {
        RevokerBus bus = new RevokerBus(service.vertx(), Duration.ofSeconds(10));
        Target target = new Target.OfRealm(new RealmId(realm));

        get(bus.revoke(new Revoke(target, RealmScope.ALL, Revoke.Until.SWEPT, Optional.of("billing"))));

        JsonNode entry = entries("realm_name=" + realm).get(0);
        assertThat(entry.path("caller").asText()).isEqualTo("billing");
        assertThat(entry.path("via").asText()).isEqualTo("event bus");
    }

    @Test
    void keepsNothingOfATokenThatIsNotFound() {
        ops("DELETE", Api.PATH)
                .json("{\"token\":\"" + Api.fresh("unknown") + "\"}")
                .send();
        register(realm, "joe");
        ops("DELETE", Api.PATH).json("{\"realm_name\":\"" + realm + "\"}").send();

        assertThat(entries("realm_name=" + realm + "&kind=revocation")).hasSize(1);
    }

    @Test
    void countsRegistrationsTogether() {
        register(realm, "joe");
        register(realm, "ann");

        until("counted", () -> created() == 2);
        JsonNode entry = entries("realm_name=" + realm + "&kind=registration").get(0);
        assertThat(entry.path("caller").asText()).isEqualTo(ClientFiles.ISSUER);
        assertThat(entry.has("username")).isFalse();
    }

    private long created() {
        return entries("realm_name=" + realm + "&kind=registration").stream()
                .mapToLong(entry -> entry.path("created").asLong())
                .sum();
    }

    @Test
    void tellsOfLocksAndUnlocks() {
        String lock = ops("POST", "/v1/revocations")
                .json("{\"target\":{\"realm_name\":\"" + realm + "\"},\"until\":\"" + Api.ahead(Duration.ofHours(1))
                        + "\"}")
                .send()
                .json()
                .at("/lock/id")
                .asText();
        ops("DELETE", "/v1/locks/" + lock).send();

        List<JsonNode> entries = entries("realm_name=" + realm);
        assertThat(entries).extracting(entry -> entry.path("kind").asText()).containsExactly("unlock", "lock");
        assertThat(entries.get(0).path("subject").asText()).isEqualTo("lock " + lock);
        assertThat(entries.get(1).has("locked_until")).isTrue();
    }

    @Test
    void hidesWhatIsOfOtherRealmsFromACallerOfSome() {
        ops("DELETE", Api.PATH).json("{\"realm_name\":\"" + realm + "\"}").send();
        ops("DELETE", Api.PATH)
                .json("{\"username\":\"" + Api.fresh("everywhere") + "\"}")
                .send();
        ops("DELETE", Api.PATH)
                .json("{\"realm_name\":\"corp\",\"username\":\"joe\"}")
                .send();

        assertThat(read(ClientFiles.CORP, "limit=1000").json().required("entries"))
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(entry.path("realm_name").asText()).isEqualTo("corp"));
        assertThat(read(ClientFiles.CORP, "realm_name=" + realm).json().required("entries"))
                .isEmpty();
    }

    @Test
    void givesPageAfterPageInBothOrders() {
        for (int i = 0; i < 7; i++) {
            ops("DELETE", Api.PATH)
                    .json("{\"realm_name\":\"" + realm + "\",\"username\":\"user" + i + "\"}")
                    .send();
        }

        assertThat(users("newest")).containsExactly("user6", "user5", "user4", "user3", "user2", "user1", "user0");
        assertThat(users("oldest")).containsExactly("user0", "user1", "user2", "user3", "user4", "user5", "user6");
    }

    private List<String> users(String order) {
        List<String> users = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = read(ClientFiles.ROOT, "realm_name=" + realm + "&limit=2&order=" + order + after)
                    .json();
            page.required("entries")
                    .forEach(entry -> users.add(entry.path("username").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        return users;
    }

    @Test
    void findsByTime() {
        String before = Instant.now().minusSeconds(60).toString();
        ops("DELETE", Api.PATH).json("{\"realm_name\":\"" + realm + "\"}").send();
        String after = Instant.now().plusSeconds(60).toString();

        assertThat(entries("realm_name=" + realm + "&since=" + before + "&until=" + after))
                .hasSize(1);
        assertThat(entries("realm_name=" + realm + "&since=" + after)).isEmpty();
        assertThat(entries("realm_name=" + realm + "&until=" + before)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "+999999999-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void findsUntilAnyTimeAfterAll(String late) {
        String early = late.startsWith("+") ? late.replace('+', '-') : "0000-01-01T00:00:00Z";
        ops("DELETE", Api.PATH).json("{\"realm_name\":\"" + realm + "\"}").send();

        assertThat(entries("realm_name=" + realm + "&since=" + early + "&until=" + late.replace("+", "%2B")))
                .hasSize(1);
        assertThat(entries("realm_name=" + realm + "&since=" + late.replace("+", "%2B")))
                .isEmpty();
        assertThat(entries("realm_name=" + realm + "&until=" + early)).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(read(ClientFiles.ROOT, "kind=murder").status()).isEqualTo(400);
        assertThat(read(ClientFiles.ROOT, "limit=0").status()).isEqualTo(400);
        assertThat(read(ClientFiles.ROOT, "since=yesterday").status()).isEqualTo(400);
        assertThat(read(ClientFiles.ROOT, "after=x").status()).isEqualTo(400);
        assertThat(read(ClientFiles.ROOT, "order=oldest&after=0-0.0").status()).isEqualTo(200);
        assertThat(read(ClientFiles.ROOT, "size=1").status()).isEqualTo(400);
        assertThat(read(ClientFiles.OPS, "").status()).isEqualTo(403);
    }

    private static String register(String realm, String user) {
        return service.call("POST", "/v1/tokens")
                .basic(ClientFiles.ISSUER, ClientFiles.SECRET)
                .json("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"mint\":[\"access_token\"]}")
                .send()
                .json()
                .required("access_token")
                .textValue();
    }

    private static Call ops(String method, String path) {
        return service.call(method, path).basic(ClientFiles.OPS, ClientFiles.SECRET);
    }

    private static List<JsonNode> entries(String query) {
        return read(ClientFiles.ROOT, query).each("entries");
    }

    private static Reply read(String client, String query) {
        return service.call("GET", "/v1/audit?" + query)
                .basic(client, ClientFiles.SECRET)
                .send();
    }
}
