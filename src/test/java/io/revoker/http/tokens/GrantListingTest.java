package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserName;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnEveryRedis
class GrantListingTest {
    /** More than one bundle has. */
    private static final int MANY = 350;

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");

    GrantListingTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void showsWhatWasRegisteredButNoToken() {
        String token = Api.fresh("token");
        Reply registered = api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\""
                + token + "\",\"mint\":[\"refresh_token\"],\"client_id\":\"web\",\"scope\":\"read\"}");
        long issued = registered.json().required("issued_at").longValue();

        assertThat(list("joe"))
                .hasToString("200 {\"grants\":[{\"id\":\""
                        + TokenId.of(token).value().substring(0, 10) + "\",\"client_id\":\"web\",\"scope\":\"read\","
                        + "\"issued_at\":" + issued + ",\"access_token\":{\"expires_at\":" + (issued + 1200)
                        + "},\"refresh_token\":{\"expires_at\":" + (issued + 86_400) + "}}]}");
        assertThat(list("joe").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void leavesOutWhatIsDead() {
        Api.Pair half = api.pair(realm, "joe");
        String whole = api.access(realm, "joe");
        api.access(realm, "ann");

        api.invalidateAccess(half.access());
        api.invalidateAccess(whole);

        assertThat(grants("joe")).singleElement().satisfies(grant -> {
            assertThat(grant.has("access_token")).isFalse();
            assertThat(grant.has("refresh_token")).isTrue();
        });
        api.invalidateUserInRealm(realm, "joe");
        assertThat(list("joe")).hasToString("200 {\"grants\":[]}");
        assertThat(grants("ann")).hasSize(1);
    }

    @Test
    void showsARefreshTokenThatIsAlone() {
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"mint\":[\"refresh_token\"],"
                + "\"client_id\":\"web\"}");

        assertThat(grants("joe")).singleElement().satisfies(grant -> {
            assertThat(grant.path("client_id").textValue()).isEqualTo("web");
            assertThat(grant.has("refresh_token")).isTrue();
        });
    }

    @Test
    void showsALargeHolderPageByPage() {
        api.mint(realm, MANY, i -> "joe");

        assertThat(pages("realm_name=" + realm + "&username=joe").stream()
                        .map(grant -> grant.required("id").textValue()))
                .hasSize(MANY)
                .doesNotHaveDuplicates();
    }

    @Test
    void showsTheGrantsOfARealm() {
        api.access(realm, "joe", "\"client_id\":\"web\",\"session_id\":\"s1\"");
        api.access(realm, "joe", "\"client_id\":\"app\"");
        api.access(realm, "ann", "\"client_id\":\"web\",\"session_id\":\"s2\"");
        api.access(realm, "eve", "\"client_id\":\"web\"");
        api.invalidateUserInRealm(realm, "eve");

        assertThat(pages("realm_name=" + realm).stream()
                        .map(grant -> grant.required("username").textValue() + " "
                                + grant.path("client_id").textValue() + " "
                                + grant.path("session_id").asText("-") + " " + grant.has("access_token")))
                .containsExactlyInAnyOrder("joe web s1 true", "joe app - true", "ann web s2 true");
    }

    /** A thousand and some, of many users and of one, in two pages or more. */
    @Test
    void showsALargeRealmPageByPage() {
        api.mint(realm, 1400, i -> "user" + (i < 1000 ? i : 0));

        JsonNode first = page("realm_name=" + realm, "");
        List<JsonNode> all = pages("realm_name=" + realm);

        assertThat(first.required("grants").size()).isBetween(1, 1000);
        assertThat(first.required("next").textValue()).matches("[A-Za-z0-9_-]+");
        assertThat(all.stream().map(grant -> grant.required("id").textValue()))
                .hasSize(1400)
                .doesNotHaveDuplicates();
    }

    @Test
    void showsTheGrantsOfAUserInEveryRealm() {
        String user = Api.fresh("joe");
        String other = Api.fresh("other");
        api.access(realm, user, "\"client_id\":\"web\"");
        api.access(other, user);
        api.access(other, "ann");
        api.invalidateAccess(api.access(Api.fresh("third"), user));

        assertThat(pages("username=" + user).stream()
                        .map(grant -> grant.required("realm_name").textValue() + " "
                                + grant.path("client_id").asText("-") + " " + grant.has("username")))
                .containsExactlyInAnyOrder(realm + " web false", other + " - false");
    }

    private List<JsonNode> pages(String query) {
        List<JsonNode> all = new ArrayList<>();
        Optional<String> after = Optional.of("");
        for (int page = 0; after.isPresent() && page < MANY; page++) {
            JsonNode answer = page(query, after.get());
            answer.required("grants").forEach(all::add);
            after = Optional.ofNullable(answer.get("next")).map(next -> "&after=" + next.textValue());
        }
        assertThat(after).isEmpty();
        return all;
    }

    private JsonNode page(String query, String after) {
        return service.call("GET", "/v1/tokens?" + query + after).send().json();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '' | realm_name, username: both missing (expected: at least one)
            realm_name=corp&after=1-2 | after: not the next of a page
            username=joe&after=x | after: not the next of a page
            realm_name=corp&username=joe&username=ann | username: given more than once (expected: once)
            realm_name=corp&username=joe&size=5 | query: an unknown parameter (expected: after, realm_name, username)
            realm_name=corp&username=joe&after=x | after: not the next of a page
            realm_name=corp&username=joe&after=1-2-3 | after: not the next of a page
            realm_name=corp&username= | username: 0 characters (expected: 1 to 1024 characters)
            realm_name=&username=joe | realm_name: 0 characters (expected: 1 to 1024 characters)
            """)
    void refusesWhatItDoesNotUnderstand(String query, String detail) {
        Reply reply = service.call("GET", "/v1/tokens?" + query).send();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).isEqualTo(detail);
    }

    /** The next of a page names whose tokens it lists, and where it goes on. */
    @ParameterizedTest
    @CsvSource({"joe, joe, //0/3..", "joe, joe, //0/0.x.corp", "joe, joe, 1-2-3/0/", "joe, ann, //0/"})
    void refusesToGoOnWhereNoPageOfTheListEnds(String user, String named, String place) {
        Reply reply = goOn(user, named, place);

        assertThat(reply.status() + reply.json().path("detail").asText()).isEqualTo("400after: not the next of a page");
    }

    @Test
    void goesOnWhereAPageEnds() {
        assertThat(goOn("joe", "joe", "//0/").status()).isEqualTo(200);
    }

    /** It would begin behind all that a user has. */
    @ParameterizedTest
    @CsvSource({"realm_name=REALM&username=ann", "realm_name=other&username=joe", "realm_name=REALM", "username=joe"})
    void refusesTheNextOfAUserInARealmInAnotherList(String other) {
        api.mint(realm, MANY, i -> "joe");
        api.access(realm, "ann");
        String next = list("joe").json().required("next").textValue();

        Reply reply = service.call("GET", "/v1/tokens?" + other.replace("REALM", realm) + "&after=" + next)
                .send();

        assertThat(reply.status() + reply.json().path("detail").asText()).isEqualTo("400after: not the next of a page");
    }

    private Reply goOn(String user, String named, String place) {
        MarkId name = MarkId.of(new Target.OfUser(new UserName(named)));
        byte[] text = (Long.toHexString(name.bits()) + place).getBytes(StandardCharsets.UTF_8);
        String after = Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        return service.call("GET", "/v1/tokens?username=" + user + "&after=" + after)
                .send();
    }

    private Reply list(String user) {
        return service.call("GET", "/v1/tokens?realm_name=" + realm + "&username=" + user)
                .send();
    }

    private List<JsonNode> grants(String user) {
        return list(user).each("grants");
    }
}
