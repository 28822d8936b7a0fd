package io.revoker.http.statuslists;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.http.statuslists.Statuses.Place;
import io.revoker.testing.Api;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JWTs of an issuer that registers none. */
class TrustedStatusTest {
    private static final TrustedIssuer ISSUER = TrustedIssuer.demanding(Demand.EITHER);

    private static RunningService service;
    private static Statuses statuses;

    @BeforeAll
    static void start(@TempDir Path directory) {
        service = RunningService.start(Statuses.options(directory, RealmFiles.option(ISSUER)));
        statuses = new Statuses(service);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void areInvalidWhenTheyAreRevokedByTheirJti() {
        String jti = Api.fresh("jti");
        Place place = statuses.allocate(ISSUER.realm(), ",\"jti\":\"" + jti + "\"");
        Place other = statuses.allocate(ISSUER.realm(), ",\"jti\":\"" + Api.fresh("jti") + "\"");
        assertThat(statuses.status(place)).isZero();

        revoke("{\"realm_name\":\"" + ISSUER.realm() + "\",\"jti\":\"" + jti + "\"}");

        assertThat(statuses.statusFromNowOn(place)).isOne();
        assertThat(statuses.status(other)).isZero();
    }

    /** One that is registered is known by its text, too. */
    @Test
    void areInvalidWhenTheyAreRevokedByTheirText() {
        Place place = statuses.allocate(ISSUER.realm());
        String token = token(place);
        assertThat(statuses.register(ISSUER.realm(), token).status()).isEqualTo(201);
        assertThat(service.call("GET", "/v1/check").bearer(token).send().status())
                .isEqualTo(200);

        revoke("{\"token\":\"" + token + "\"}");

        assertThat(service.call("GET", "/v1/check").bearer(token).send().status())
                .isEqualTo(401);
        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    @Test
    void areInvalidWhenTheirUserIsRevoked() {
        Place place = statuses.allocate(ISSUER.realm(), ",\"username\":\"ann\"");

        assertThat(new Api(service).invalidateUser("ann")).startsWith("200");

        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    /** As a check says: it was issued before, however late it is registered. */
    @Test
    void areInvalidIfTheyWereIssuedBeforeARevocation() {
        String token = ISSUER.token(
                "joe", claims -> claims.put("iat", claims.path("iat").longValue() - 60));
        assertThat(new Api(service).invalidateUser("joe")).startsWith("200");

        Place place = Place.at(new Api(service)
                .register("{\"realm_name\":\"" + ISSUER.realm() + "\",\"access_token\":\"" + token
                        + "\",\"status_list\":true}")
                .json()
                .required("status_list"));

        assertThat(service.call("GET", "/v1/check").bearer(token).send().status())
                .isEqualTo(401);
        assertThat(statuses.statusFromNowOn(place)).isOne();
    }

    private static String token(Place place) {
        return ISSUER.token("joe", claims -> {
            claims.put("exp", Statuses.soon() - 60);
            claims.putObject("status")
                    .putObject("status_list")
                    .put("idx", place.index())
                    .put("uri", place.uri());
            return claims;
        });
    }

    private static void revoke(String line) {
        assertThat(service.call("POST", "/v1/revocations")
                        .header("Content-Type", "application/x-ndjson")
                        .body(line)
                        .send()
                        .body())
                .contains("\"status\":200");
    }
}
