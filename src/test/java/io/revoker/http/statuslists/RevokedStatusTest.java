package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token that has an index dies in its list in every way in which tokens die. */
class RevokedStatusTest {
    private static RunningService service;
    private static Statuses statuses;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = RunningService.start(Statuses.options(directory));
        statuses = new Statuses(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'token':'TOKEN'",
                "'token':'TOKEN','grant':true",
                "'username':'USER'",
                "'realm_name':'REALM','username':'USER'",
                "'realm_name':'REALM'",
                "'realm_name':'REALM','client_id':'web'",
                "'realm_name':'REALM','session_id':'s-1'",
                "'realm_name':'REALM','username':'USER','session_id':'s-1'",
                "'realm_name':'REALM','token_type':'access_token'",
                "'realm_name':'REALM','kid':'key-1'",
                "'all':true"
            })
    void isInvalidInEveryLaterList(String target) {
        String realm = Api.fresh("realm");
        String user = Api.fresh("user");
        Place place = statuses.allocate(realm);
        Place other = statuses.allocate(realm);
        String token = Statuses.token(place, user);
        assertThat(statuses.register(realm, token).status()).isEqualTo(201);
        assertThat(statuses.register(Api.fresh("realm"), Statuses.token(other, user))
                        .status())
                .as("of another realm")
                .isEqualTo(400);
        assertThat(statuses.statusFromNowOn(place)).isZero();

        revoke("{'target':{"
                + target.replace("TOKEN", token).replace("REALM", realm).replace("USER", user) + "}}");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'until':'UNTIL'", "'issued_before':NOW"})
    void isInvalidAlsoByALockAndByItsAge(String more) {
        String realm = Api.fresh("realm");
        Place place = statuses.allocate(realm);
        assertThat(statuses.register(realm, Statuses.token(place, "joe")).status())
                .isEqualTo(201);
        assertThat(statuses.status(place)).isZero();

        revoke("{'target':{'realm_name':'" + realm + "','username':'joe'},"
                + more.replace("UNTIL", Api.ahead(Duration.ofDays(1)))
                        .replace("NOW", Long.toString(Instant.now().getEpochSecond() + 1))
                + "}");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    /** The refresh token that is revoked has no index. */
    @Test
    void isInvalidWithItsPair() {
        String realm = Api.fresh("realm");
        Place place = statuses.allocate(realm);
        String refresh = Api.fresh("refresh");
        assertThat(new Api(service)
                        .register("{\"realm_name\":\"" + realm + "\",\"access_token\":\"" + Statuses.token(place, "joe")
                                + "\",\"refresh_token\":\"" + refresh + "\"}")
                        .status())
                .isEqualTo(201);
        assertThat(statuses.status(place)).isZero();

        revoke("{'target':{'refresh_token':'" + refresh + "','grant':true}}");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'realm_name':'REALM','username':'joe'",
                "'realm_name':'REALM','client_id':'web'",
                "'realm_name':'REALM','session_id':'s-1'",
                "'realm_name':'REALM','kid':'key-1'",
                "'realm_name':'REALM'"
            })
    void isInvalidAlsoIfItWasNotRegistered(String target) {
        String realm = Api.fresh("realm");
        Place place = statuses.allocate(
                realm, ",\"username\":\"joe\",\"client_id\":\"web\",\"session_id\":\"s-1\",\"kid\":\"key-1\"");
        Place other = statuses.allocate(realm, ",\"username\":\"ann\"");
        assertThat(statuses.status(place)).isZero();

        revoke("{'target':{" + target.replace("REALM", realm) + "}}");

        assertThat(statuses.statusFromNowOn(place)).isOne();
        assertThat(statuses.statusFromNowOn(other)).isEqualTo(target.endsWith("REALM'") ? 1 : 0);
        assertThat(statuses.statusFromNowOn(statuses.allocate(realm, ",\"username\":\"joe\"")))
                .as("allocated after that")
                .isZero();
    }

    /** The caller may take it for a fresh one, and it would be invalid in the list. */
    @Test
    void isNotForATokenThatIsRegisteredAfterARevocation() {
        String realm = Api.fresh("realm");
        Place place = statuses.allocate(realm);
        revoke("{'target':{'realm_name':'" + realm + "'}}");

        Reply refused = statuses.register(realm, Statuses.token(place, "joe"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("status_list: revoked since it was allocated");
        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    private static void revoke(String body) {
        Reply reply = service.call("POST", "/v1/revocations")
                .json(body.replace('\'', '"'))
                .send();
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().path("error_count").intValue()).isZero();
    }
}
