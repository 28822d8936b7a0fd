package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;

/** What goes on, and what ends, if the service can't answer for a moment. */
class BusyServiceTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");

    /** Three pages, each of which is refused once. */
    @Test
    void asksAgainForAPageOfTokens() {
        String first = "GET /v1/tokens?realm_name=" + realm;
        api.mint(realm, 2100, i -> "user" + i);
        try (BusyFront front = BusyFront.of(SERVICE)) {
            CommandRun list = front.run("tokens", "list", "--realm", realm, "--json");

            assertThat(list.err()).isEmpty();
            assertThat(list.status()).isZero();
            assertThat(list.out().lines()).hasSize(2100).doesNotHaveDuplicates();
            assertThat(front.received())
                    .hasSizeGreaterThanOrEqualTo(6)
                    .startsWith(first, first)
                    .allMatch(request -> request.startsWith(first));
        }
    }

    @Test
    void asksAgainForAPageOfTheAuditTrail() {
        api.invalidateRealm(realm);
        try (BusyFront front = BusyFront.of(SERVICE)) {
            CommandRun list = front.run("audit", "list", "--realm", realm);
            CommandRun verify = front.run("audit", "verify");

            assertThat(list.err() + verify.err()).isEmpty();
            assertThat(list.out()).contains(realm);
            assertThat(verify.out()).contains(" entries of ");
        }
    }

    /** Without keys no signature would be examined. */
    @Test
    void verifiesNothingWithoutTheKeysOfTheService() {
        try (BusyFront front = BusyFront.without(SERVICE, "/.well-known/jwks.json")) {
            CommandRun verify = front.run("audit", "verify");

            assertThat(verify.status()).isEqualTo(1);
            assertThat(verify.err()).contains("500");
            assertThat(verify.out()).isEmpty();
        }
    }

    @Test
    void doesNotRepeatWhatChangesSomething() {
        try (BusyFront front = BusyFront.of(SERVICE)) {
            assertThat(front.run("revoke", "user", "joe", "--realm", realm).status())
                    .isEqualTo(3);
            assertThat(front.run("unlock", "841e340f7f27747c").status()).isEqualTo(3);

            assertThat(front.received()).hasSize(2).doesNotHaveDuplicates();
        }
    }
}
