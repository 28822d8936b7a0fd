package io.revoker.http.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.Api.Pair;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the modes that name a realm or a user count of a pair, by the state of its halves. */
@OnEveryRedis
class CountingTest {
    private final Api api;
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("user");

    CountingTest(Server redis) {
        api = new Api(RunningService.shared(redis));
    }

    @Test
    void bothValid() {
        api.pair(realm, user);

        assertThat(api.invalidateUserInRealm(realm, user)).isEqualTo("200 2,0,0");
        assertThat(api.invalidateUserInRealm(realm, user)).isEqualTo("200 0,0,0");
    }

    @Test
    void bothInvalidatedEarlier() {
        Pair pair = api.pair(realm, user);
        api.invalidateAccess(pair.access());
        api.invalidateRefresh(pair.refresh());

        assertThat(api.invalidateUser(user)).isEqualTo("200 0,0,0");
    }

    @Test
    void accessInvalidatedEarlier() {
        api.invalidateAccess(api.pair(realm, user).access());

        assertThat(api.invalidateRealm(realm)).isEqualTo("200 1,1,0");
    }

    @Test
    void refreshInvalidatedEarlier() {
        api.invalidateRefresh(api.pair(realm, user).refresh());

        assertThat(api.invalidateUser(user)).isEqualTo("200 1,1,0");
    }

    @Test
    void refreshedPair() {
        api.pair(realm, user);
        Pair next = api.pair(realm, user);

        assertThat(api.invalidateUserInRealm(realm, user)).isEqualTo("200 4,0,0");
        assertThat(api.check(next.access())).isEqualTo(401);
    }

    @Test
    void accessTokenAlone() {
        api.access(realm, user);

        assertThat(api.invalidateUser(user)).isEqualTo("200 1,0,0");
    }

    /** Elasticsearch would count the expired half until it is purged; here an expired token is gone. */
    @Test
    void expiredAccessIsNotCounted() {
        Pair pair = pairWhoseAccessIsExpired();

        assertThat(api.invalidateAccess(pair.access())).isEqualTo(Api.UNKNOWN);
        assertThat(api.invalidateUser(user)).isEqualTo("200 1,0,0");
    }

    @Test
    void accessExpiredAndRefreshInvalidated() {
        Pair pair = pairWhoseAccessIsExpired();
        api.invalidateRefresh(pair.refresh());

        assertThat(api.invalidateUser(user)).isEqualTo("200 0,0,0");
    }

    @Test
    void otherUsersAndRealmsAreLeftAlone() {
        Pair sameUser = api.pair(Api.fresh("realm"), user);
        Pair sameRealm = api.pair(realm, Api.fresh("user"));
        api.pair(realm, user);

        assertThat(api.invalidateUserInRealm(realm, user)).isEqualTo("200 2,0,0");
        assertThat(api.check(sameUser.access())).isEqualTo(200);
        assertThat(api.check(sameRealm.access())).isEqualTo(200);
    }

    @Test
    void aTokenThatIsRegisteredAfterwardsIsGood() {
        api.invalidateUserInRealm(realm, user);
        Pair pair = api.pair(realm, user);

        assertThat(api.check(pair.access())).isEqualTo(200);
    }

    private Pair pairWhoseAccessIsExpired() {
        Pair pair = new Pair(Api.fresh("access"), Api.fresh("refresh"));
        long issued = Instant.now().getEpochSecond() - 100;
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\""
                + pair.access() + "\",\"refresh_token\":\"" + pair.refresh() + "\",\"issued_at\":" + issued
                + ",\"expires_in\":102}");
        assertThat(api.check(pair.access())).isEqualTo(200);
        Waiting.until("expired", () -> api.check(pair.access()) == 401);
        return pair;
    }
}
