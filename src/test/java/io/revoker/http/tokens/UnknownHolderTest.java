package io.revoker.http.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import io.revoker.testing.Waiting;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a revocation returns for a holder without known tokens. */
@OnEveryRedis
class UnknownHolderTest {
    private static final String NOTHING = "200 0,0,0";

    private final RunningService service;
    private final Api api;
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("user");
    private final String byUser = "{\"username\":\"" + user + "\"}";
    private final String byRealm = "{\"realm_name\":\"" + realm + "\"}";
    private final String byBoth = "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\"}";

    UnknownHolderTest(Server redis) {
        service = RunningService.shared(redis);
        api = new Api(service);
    }

    @Test
    void isToldBesideTheBody() {
        for (String target : List.of(byUser, byRealm, byBoth)) {
            Waiting.until("reported in time: " + target, () -> {
                Reply reply = api.invalidate(target);
                assertThat(Api.counts(reply)).isEqualTo(NOTHING);
                return reply.header("Revoker-Holder").equals("unknown");
            });
        }
        Waiting.until(
                "reported in time, without waiting for the sweep",
                () -> service.call("DELETE", "/_security/oauth2/token?wait_for_completion=false")
                        .json(byUser)
                        .send()
                        .header("Revoker-Holder")
                        .equals("unknown"));
    }

    @Test
    void isToldByADryRunToo() {
        for (String target : List.of(byUser, byRealm, byBoth)) {
            Waiting.until("reported in time: " + target, () -> dryRun(target).equals("unknown"));
        }
        String access = api.access(realm, user);

        assertThat(List.of(byUser, byRealm, byBoth)).map(this::dryRun).containsOnly("");
        api.invalidateAccess(access);
        assertThat(List.of(byUser, byRealm, byBoth)).map(this::dryRun).containsOnly("");
    }

    private String dryRun(String target) {
        Reply reply = service.call("POST", "/v1/revocations")
                .json("{\"dry_run\":true,\"target\":" + target + "}")
                .send();
        assertThat(reply.status()).isEqualTo(200);
        return reply.header("Revoker-Holder");
    }

    @Test
    void isNotToldOfWhoHasTokensOrHadSome() {
        api.access(realm, user);

        assertThat(Stream.of(byBoth, byUser, byRealm).map(api::invalidate))
                .allSatisfy(reply -> assertThat(reply.header("Revoker-Holder")).isEmpty());
        Waiting.until(
                "reported for another user",
                () -> api.invalidate("{\"realm_name\":\"" + realm + "\",\"username\":\"x" + user + "\"}")
                        .header("Revoker-Holder")
                        .equals("unknown"));
    }

    @Test
    void isToldAgainWhenTheLastTokenHasExpired() {
        api.register("{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"access_token\":\"" + realm
                + "\",\"expires_in\":1}");

        Waiting.until(
                "forgotten",
                () -> api.invalidate(byBoth).header("Revoker-Holder").equals("unknown"));
        assertThat(api.check(realm)).isEqualTo(401);
    }

    @Test
    void isNotToldOfATokenByItself() {
        Reply reply = api.invalidate("{\"token\":\"" + realm + "\"}");

        assertThat(reply.header("Revoker-Holder")).isEmpty();
    }
}
