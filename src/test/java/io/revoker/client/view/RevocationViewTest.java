package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static io.revoker.client.view.RevocationState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.revoker.client.RevokerClient;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.testing.Api;
import io.revoker.testing.RealmFiles;
import io.revoker.testing.RunningService;
import io.revoker.testing.TrustedIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A view of a service that is well. */
class RevocationViewTest {
    private static final TrustedIssuer ISSUER = TrustedIssuer.demanding(VerifiedJwt.Demand.UNREGISTERED);

    private static RunningService service;
    private static Api api;
    private static Watched watched;

    private final String realm = Api.fresh("realm");

    @BeforeAll
    static void start() {
        service = RunningService.start(RealmFiles.option(ISSUER));
        api = new Api(service);
        watched = Watched.of(service.uri("")).awaitFresh();
    }

    @AfterAll
    static void stop() {
        watched.close();
        service.close();
    }

    private TokenKeyBuilder joe() {
        return Watched.token(realm, "joe");
    }

    private static void revoke(String target) {
        assertThat(document("{'target':" + target + "}")).isEqualTo(200);
    }

    private static int document(String body) {
        return service.call("POST", "/v1/revocations")
                .json(body.replace('\'', '"'))
                .send()
                .status();
    }

    @Test
    void knowsWhichTokensWereRevoked() {
        Api.Pair pair = api.pair(realm, "joe");
        Api.Pair other = api.pair(realm, "joe");
        TokenKey access = key(pair.access());
        assertThat(watched.view().state(access)).isEqualTo(NOT_REVOKED);

        revoke("{'refresh_token':'" + pair.refresh() + "','grant':true}");

        watched.await(keyOf(pair.access()), REVOKED);
        assertThat(watched.view().state(access)).isEqualTo(REVOKED);
        assertThat(watched.state(keyOf(pair.refresh()).asRefreshToken())).isEqualTo(REVOKED);
        assertThat(watched.view().state(key(other.access()))).isEqualTo(NOT_REVOKED);
    }

    private TokenKeyBuilder keyOf(String token) {
        return TokenKey.of(token).realm(realm).user("joe").issuedAt(Instant.now());
    }

    private TokenKey key(String token) {
        return keyOf(token).build();
    }

    @Test
    void knowsJwtsThatNobodyRegisteredByTheirTextAndTheirId() {
        String shown = ISSUER.token("joe");
        String named = ISSUER.token("joe");
        String other = ISSUER.token("joe");

        assertThat(api.invalidateAccess(shown)).isEqualTo("200 1,0,0");
        revoke("{'realm_name':'" + ISSUER.realm() + "','jti':'" + TrustedIssuer.jti(named) + "'}");

        watched.await(jwt(named), REVOKED);
        watched.await(jwt(shown), REVOKED);
        assertThat(watched.state(jwt(shown).jti("no other"))).isEqualTo(REVOKED);
        assertThat(watched.state(jwt(other))).isEqualTo(NOT_REVOKED);
    }

    private static TokenKeyBuilder jwt(String token) {
        return TokenKey.of(token)
                .realm(ISSUER.realm())
                .user("joe")
                .jti(TrustedIssuer.jti(token))
                .issuedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void knowsWhoseOlderTokensWereRevoked() {
        String user = Api.fresh("user");
        assertThat(watched.state(Watched.token(realm, user))).isEqualTo(NOT_REVOKED);
        revoke("{'username':'" + user + "'}");
        watched.await(Watched.token(realm, user), REVOKED);
        assertThat(watched.state(
                        Watched.token(realm, user).issuedAt(Instant.now().plusSeconds(120))))
                .isEqualTo(NOT_REVOKED);
        assertThat(watched.state(Watched.token(realm, user).issuedAt(Instant.now())))
                .isEqualTo(UNKNOWN);

        revoke("{'realm_name':'" + realm + "','username':'J\u00fcrgen'}");
        watched.await(Watched.token(realm, " Ju\u0308rgen"), REVOKED);
        assertThat(watched.state(joe())).isEqualTo(NOT_REVOKED);

        revoke("{'realm_name':'" + realm + "'}");
        watched.await(joe(), REVOKED);
        assertThat(watched.state(Watched.token(Api.fresh("other"), "joe"))).isEqualTo(NOT_REVOKED);
    }

    @Test
    void knowsWhichOfThemOnly() {
        revoke("{'realm_name':'" + realm + "','client_id':'app'}");
        revoke("{'realm_name':'" + realm + "','username':'joe','session_id':'s1'}");
        revoke("{'realm_name':'" + realm + "','kid':'k1'}");
        revoke("{'realm_name':'" + realm + "','token_type':'refresh_token'}");
        watched.await(joe().asRefreshToken(), REVOKED);

        assertThat(watched.state(joe())).isEqualTo(NOT_REVOKED);
        assertThat(watched.state(joe().client("app"))).isEqualTo(REVOKED);
        assertThat(watched.state(joe().session("s1"))).isEqualTo(REVOKED);
        assertThat(watched.state(joe().keyId("k1"))).isEqualTo(REVOKED);
    }

    @Test
    void knowsRevocationsOfWhatWasIssuedBeforeATime() {
        Instant before = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        assertThat(document(
                        "{'target':{'realm_name':'" + realm + "','client_id':'app'},'issued_before':'" + before + "'}"))
                .isEqualTo(200);

        watched.await(joe().client("app").issuedAt(before.minusSeconds(1)), REVOKED);
        assertThat(watched.state(joe().client("app").issuedAt(before))).isEqualTo(NOT_REVOKED);
        assertThat(watched.state(joe().issuedAt(before.minusSeconds(1)))).isEqualTo(NOT_REVOKED);
    }

    @Test
    void knowsLocksAndTheirEnd() {
        TokenKeyBuilder later = joe().issuedAt(Instant.now().plusSeconds(120));
        assertThat(document(
                        "{'until':'" + Api.ahead(Duration.ofDays(1)) + "','target':{'realm_name':'" + realm + "'}}"))
                .isEqualTo(200);
        watched.await(later, REVOKED);

        String id = String.format("%016x", Hashes.ofRealm(realm));
        assertThat(service.call("DELETE", "/v1/locks/" + id).send().status()).isEqualTo(200);

        watched.await(later, NOT_REVOKED);
        assertThat(watched.state(joe())).isEqualTo(REVOKED);
    }

    /** What was there before it, it has from the snapshot. */
    @Test
    void beginsWithWhatWasRevokedBefore() {
        String token = api.access(realm, "ann");
        api.invalidateAccess(token);
        revoke("{'realm_name':'" + realm + "','username':'joe'}");
        document("{'until':'" + Api.ahead(Duration.ofDays(1)) + "','target':{'realm_name':'" + realm
                + "','username':'eve'}}");

        try (Watched late = Watched.of(service.uri("")).awaitFresh()) {
            assertThat(late.view().ready()).isCompleted();
            assertThat(late.state(joe())).isEqualTo(REVOKED);
            assertThat(late.view().state(key(token))).isEqualTo(REVOKED);
            assertThat(late.state(
                            Watched.token(realm, "eve").issuedAt(Instant.now().plusSeconds(120))))
                    .isEqualTo(REVOKED);
            assertThat(late.state(Watched.token(realm, "ben"))).isEqualTo(NOT_REVOKED);
            assertThat(late.state(
                            Watched.token(realm, "ben").issuedAt(Instant.now().minus(Duration.ofDays(2)))))
                    .isEqualTo(UNKNOWN);
        }
    }

    @Test
    void asksTheServiceAboutWhatItCannotTellOrRefuses() throws Exception {
        String token = api.access(realm, "joe");
        String dead = api.access(realm, "joe");
        api.invalidateAccess(dead);
        TokenKey unsure = TokenKey.of(token).build();
        try (Watched refusing = Watched.of(List.of(service.uri("")), how -> how.whenUnknown(WhenUnknown.REFUSE))
                .awaitFresh()) {
            assertThat(watched.view().state(unsure)).isEqualTo(UNKNOWN);
            assertThat(watched.view().isRevoked(token, unsure).get()).isFalse();
            assertThat(refusing.view().isRevoked(token, unsure).get()).isTrue();
            assertThat(refusing.view().isRevoked(token, key(token)).get()).isFalse();
            assertThat(watched.view().isRevoked(dead, TokenKey.of(dead).build()).get())
                    .isTrue();
        }
    }

    @Test
    void isStaleWhenItIsClosed() {
        Watched closed = Watched.of(service.uri("")).awaitFresh();
        closed.close();
        closed.close();

        assertThat(closed.state(joe())).isEqualTo(UNKNOWN);
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        try (RevokerClient client =
                RevokerClient.builder(URI.create("http://127.0.0.1:1")).build()) {
            RevocationViewBuilder how = RevocationView.builder(client);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> how.bound(Duration.ofMillis(999)))
                    .withMessage("bound: PT0.999S (expected: PT1S to PT10M)");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> how.refresh(Duration.ofDays(2)))
                    .withMessageStartingWith("refresh: ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> how.mostEntries(0))
                    .withMessageStartingWith("mostEntries: ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> TokenKey.of(""))
                    .withMessageStartingWith("token: ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> TokenKey.of("a").clockSkew(Duration.ofSeconds(-1)))
                    .withMessageStartingWith("clockSkew: ");
        }
    }
}
