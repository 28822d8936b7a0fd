package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.Jwts;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations that ask for an index, or name one. */
class RegisteredStatusTest {
    private static RunningService service;
    private static Statuses statuses;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = RunningService.start(Statuses.options(directory));
        statuses = new Statuses(service);
        api = new Api(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void getAnIndexForAMintedToken() {
        Reply minted = api.register(
                "{\"realm_name\":\"corp\",\"username\":\"joe\",\"mint\":[\"access_token\"],\"status_list\":true}");
        assertThat(minted.status()).isEqualTo(201);
        Place place = Place.at(minted.json().required("status_list"));
        assertThat(statuses.statusFromNowOn(place)).isZero();

        assertThat(api.invalidateAccess(minted.json().required("access_token").textValue()))
                .isEqualTo("200 1,0,0");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    /** Each registration may be repeated. */
    @Test
    void getTheSameIndexAgain() {
        String body = "{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + Api.fresh("t")
                + "\",\"expires_in\":600,\"status_list\":true}";
        Reply first = api.register(body);

        Reply again = api.register(body);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().required("status_list")).isEqualTo(first.json().required("status_list"));
    }

    /** The refresh token that is beside it has none. */
    @Test
    void getItForTheAccessTokenOfAPair() {
        String refresh = Api.fresh("r");
        Reply pair = api.register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + Api.fresh("a")
                + "\",\"refresh_token\":\"" + refresh + "\",\"status_list\":true}");
        Place place = Place.at(pair.json().required("status_list"));

        assertThat(api.invalidateRefresh(refresh)).isEqualTo("200 1,0,0");

        assertThat(statuses.statusFromNowOn(place)).isZero();
    }

    @Test
    void keepTheIndexThatTheirJwtNames() {
        Place place = statuses.allocate("corp");
        String token = Statuses.token(place, "joe");
        Reply first = api.register("{\"realm_name\":\"corp\",\"access_token\":\"" + token + "\",\"status_list\":true}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(Place.at(first.json().required("status_list"))).isEqualTo(place);
        assertThat(statuses.register("corp", token).status()).isEqualTo(200);
        Reply other = statuses.register("corp", Statuses.token(place, "ann"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body()).contains("status_list: the index of another token");
    }

    @Test
    void mayNameAnIndexThemselves() {
        Place place = statuses.allocate("corp", ",\"username\":\"joe\"");
        String token = Api.fresh("opaque");
        String begin = "{\"realm_name\":\"corp\",\"access_token\":\"" + token + "\"," + place.field()
                + ",\"expires_in\":300,\"username\":";
        assertThat(api.register(begin + "\"ann\"}").status()).as("another user").isEqualTo(400);
        assertThat(api.register(begin + "\"joe\"}").status()).isEqualTo(201);

        assertThat(api.invalidateUser("joe")).startsWith("200");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    /** The list may be gone before the token. */
    @Test
    void areRefusedIfTheyLiveLongerThanTheirIndex() {
        Place place = statuses.allocate("corp");

        Reply reply = api.register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + Api.fresh("t")
                + "\"," + place.field() + ",\"expires_in\":660}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("status_list: not allocated for such a token");
    }

    /** That list is somebody else's business. */
    @Test
    void ignoreTheIndexOfAnotherService() {
        String token = Jwts.of("\"sub\":\"joe\",\"exp\":" + Statuses.soon()
                + ",\"status\":{\"status_list\":{\"idx\":0,\"uri\":\"https://other.example/statuslists/1\"}}");

        Reply reply = statuses.register("corp", token);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json().has("status_list")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "false",
                "\"yes\"",
                "{}",
                "{\"idx\":0,\"uri\":\"https://other.example/1\"}",
                "{\"idx\":-1,\"uri\":\"https://auth.example/revoker/v1/status-lists/AAAAAAAAAAAAAAAAAAAAAA\"}",
                "{\"idx\":0,\"uri\":\"https://auth.example/revoker/v1/status-lists/AAAAAAAAAAAAAAAAAAAAAA\"}"
            })
    void areRefusedWithAnIndexThatIsNone(String status) {
        String token = Api.fresh("t");

        Reply reply = api.register("{\"realm_name\":\"corp\",\"username\":\"joe\",\"access_token\":\"" + token
                + "\",\"status_list\":" + status + "}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().required("detail").textValue()).startsWith("status_list: ");
        assertThat(api.check(token)).isEqualTo(401);
    }

    /** Nobody would see in the list that it is revoked. */
    @Test
    void areRefusedIfTheirJwtNamesAnIndexThatIsNone() {
        Place place = statuses.allocate("corp");

        Reply reply =
                statuses.register("corp", Statuses.token(new Place((place.index() + 1) % 1024, place.uri()), "joe"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("status_list: not allocated for such a token");
    }
}
