package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is said of a token, by when it was issued and what was revoked when. */
class KnownTest {
    private static final long SECOND = 1_000_000;
    private static final long SINCE = 1_000 * SECOND;
    private static final long STAMP = 5_000 * SECOND + 300_000;

    /** Fresh for a minute, at a time of the service. */
    private static Freshness at(long micros) {
        return new Freshness(System.nanoTime() + 60_000_000_000L, micros, System.nanoTime());
    }

    private static Freshness stale() {
        return new Freshness(System.nanoTime() - 1, STAMP, System.nanoTime());
    }

    private final Known known = new Known(SINCE, 0, 0, 0);

    private static TokenKeyBuilder joe(double issuedAt) {
        return TokenKey.of("token")
                .realm("corp")
                .user("joe")
                .issuedAt(Instant.EPOCH.plusNanos((long) (issuedAt * 1e9)))
                .clockSkew(Duration.ZERO);
    }

    private RevocationState fresh(TokenKeyBuilder token) {
        return known.of(token.build(), at(STAMP));
    }

    @Test
    void isNotRevokedIfNothingWas() {
        assertThat(fresh(joe(4000))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(known.of(joe(4000).build(), stale())).isEqualTo(RevocationState.UNKNOWN);
    }

    @Test
    void cannotTellOfTokensOlderThanTheSnapshot() {
        assertThat(fresh(joe(999.9))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(1000))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(1009).clockSkew(Duration.ofSeconds(10)))).isEqualTo(RevocationState.UNKNOWN);
    }

    @Test
    void cannotTellWithoutRealmUserAndTime() {
        Instant time = Instant.ofEpochSecond(4000);
        assertThat(fresh(TokenKey.of("token"))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(TokenKey.of("token").realm("corp").user("joe"))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(TokenKey.of("token").realm("corp").issuedAt(time))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(TokenKey.of("token").user("joe").issuedAt(time))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(4000).user("in\u0000visible"))).isEqualTo(RevocationState.UNKNOWN);
        known.token(Hashes.registered(Hashes.identity("token")));
        assertThat(fresh(TokenKey.of("token"))).isEqualTo(RevocationState.REVOKED);
    }

    @Test
    void aMarkKillsWhatWasIssuedInAnEarlierSecond() {
        known.mark(Hashes.ofHolder("corp", "joe"), STAMP);

        assertThat(fresh(joe(4999))).isEqualTo(RevocationState.REVOKED);
        assertThat(known.of(joe(4999).build(), stale())).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(4999).user("ann"))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(5001))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    /** It may have been registered afterwards, by an issuer whose clock is behind. */
    @Test
    void cannotTellOfTokensIssuedShortlyBeforeAMark() {
        known.mark(Hashes.ofRealm("corp"), STAMP);

        assertThat(fresh(joe(4991).clockSkew(Duration.ofSeconds(10)))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(4989).clockSkew(Duration.ofSeconds(10)))).isEqualTo(RevocationState.REVOKED);
    }

    /** The service cuts the times of JWTs to whole seconds, and others not. */
    @Test
    void cannotTellOfTokensOfTheSecondOfAnIssuedBefore() {
        known.mark(Hashes.issuedBefore(Hashes.ALL), 3_000 * SECOND + SECOND / 2);

        assertThat(fresh(joe(2999.9))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(3000))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(3000.7))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(3001))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void cannotTellOfTokensOfTheSecondOfAMarkNorWithinTheSkewOfTheClocks() {
        known.mark(Hashes.ofRealm("corp"), STAMP);

        assertThat(fresh(joe(5000))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(5000.2))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(5000.4))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(5009).clockSkew(Duration.ofSeconds(10)))).isEqualTo(RevocationState.UNKNOWN);
        assertThat(fresh(joe(5011).clockSkew(Duration.ofSeconds(10)))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void aMarkOfSomeMeansThoseOnly() {
        known.mark(Hashes.ofSelected("corp", Hashes.Property.CLIENT, "app"), STAMP);
        known.mark(Hashes.ofSelected("corp", "joe", Hashes.Property.SESSION, "s1"), STAMP);
        known.mark(Hashes.ofSelected("corp", Hashes.Property.KIND, "refresh_token"), STAMP);
        known.mark(Hashes.ofSelected("corp", Hashes.Property.KEY, "k1"), STAMP);

        assertThat(fresh(joe(4000))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(4000).client("app"))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(4000).client("other"))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(4000).session("s1"))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(4000).user("ann").session("s1"))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(4000).asRefreshToken())).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(4000).keyId("k1"))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(4000).realm("other").keyId("k1"))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void aMarkOfOlderTokensIsComparedWithTheTimeAsItIsWritten() {
        known.mark(Hashes.issuedBefore(Hashes.ALL), 3_000 * SECOND);
        known.mark(
                Hashes.selectedIssuedBefore(Hashes.ofSelected("corp", Hashes.Property.CLIENT, "app")), 3_500 * SECOND);

        assertThat(fresh(joe(2999))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(3000))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(3000).client("app"))).isEqualTo(RevocationState.REVOKED);
        assertThat(fresh(joe(3500).client("app"))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void aLockKillsWhateverWasIssuedUntilItEndsOrIsRemoved() {
        known.lock(Hashes.ofUser("joe"), STAMP + SECOND);
        known.lock(Hashes.ofSelected("corp", Hashes.Property.CLIENT, "app"), STAMP + SECOND);

        assertThat(fresh(joe(4999))).isEqualTo(RevocationState.REVOKED);
        assertThat(known.of(joe(4999).build(), at(STAMP + SECOND))).isEqualTo(RevocationState.NOT_REVOKED);
        assertThat(fresh(joe(4999).user("ann").client("app"))).isEqualTo(RevocationState.REVOKED);
        known.unlock(Hashes.ofUser("joe"));
        assertThat(fresh(joe(4999))).isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void takesOverWhatWasLearnedLaterAndWhichLocksWereRemoved() {
        known.lock(Hashes.ofUser("joe"), STAMP + SECOND);
        Known later = new Known(0, 0, 0, 0);
        later.unlock(Hashes.ofUser("joe"));
        later.mark(Hashes.ofUser("ann"), STAMP);
        later.token(Hashes.registered(Hashes.identity("token")));

        known.addLater(later);

        assertThat(fresh(joe(4999).user("ann"))).isEqualTo(RevocationState.REVOKED);
        assertThat(known.of(TokenKey.of("token").build(), at(STAMP))).isEqualTo(RevocationState.REVOKED);
        assertThat(known.of(
                        TokenKey.of("other")
                                .realm("corp")
                                .user("joe")
                                .issuedAt(Instant.ofEpochSecond(4999))
                                .build(),
                        at(STAMP)))
                .isEqualTo(RevocationState.NOT_REVOKED);
    }

    @Test
    void countsWhatItHasAlone() {
        known.token(1);
        known.token(2);
        known.mark(3, STAMP);
        known.mark(4, STAMP);
        known.lock(5, STAMP);
        known.unlock(6);
        Known other = new Known(0, 0, 0, 0);
        other.token(1);
        other.mark(3, STAMP - 1);
        other.lock(7, STAMP);

        assertThat(known.sizeWithout(other)).isEqualTo(3);
        assertThat(known.sizeWithout(known)).isZero();
    }
}
