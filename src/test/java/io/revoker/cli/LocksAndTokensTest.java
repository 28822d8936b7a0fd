package io.revoker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocksAndTokensTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("joe");

    @Test
    void locksAUserListsTheLockAndRemovesIt() {
        String token = api.access(realm, user);

        CommandRun lock = run("lock", "user", user, "--realm", realm, "--for", "8h", "--reason=fraud");

        assertThat(lock.out())
                .matches(
                        "user " + user + " in realm " + realm
                                + ": 1 token invalidated, 0 already invalid, 0 errors; locked until \\S+Z \\(revoker unlock \\w+\\)\n");
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(register()).isEqualTo(423);
        String id = lock.out().replaceAll("(?s).*unlock (\\w+).*", "$1");
        assertThat(run("locks").out()).contains(id, "user " + user + " in realm " + realm, "unspecified: fraud");
        assertThat(run("locks", "--json").out()).contains("\"id\":\"" + id + "\"");

        CommandRun unlock = run("unlock", id);

        assertThat(unlock).isEqualTo(new CommandRun(0, "user " + user + " in realm " + realm + ": unlocked\n", ""));
        assertThat(register()).isEqualTo(201);
        assertThat(run("unlock", id)).isEqualTo(new CommandRun(1, "", "error: lock: unknown, or ended (status 404)\n"));
    }

    @Test
    void asksForTheEndOfALock() {
        assertThat(run("lock", "user", user))
                .isEqualTo(new CommandRun(2, "", "error: lock: no end (expected: --until=TIME or --for=LENGTH)\n"));
        assertThat(run("lock", "user", user, "--for=8 weeks").status()).isEqualTo(2);
        assertThat(run("lock", "realm", realm, "--for=8h").status()).isEqualTo(4);
    }

    @Test
    void listsTheTokensOfAUserWithoutThem() {
        Api.Pair pair = api.pair(realm, user);

        CommandRun list = run("tokens", "list", user, "--realm", realm);

        assertThat(list.status()).isZero();
        assertThat(list.out())
                .startsWith("ID ")
                .contains("ACCESS EXPIRES", "REFRESH EXPIRES")
                .doesNotContain(pair.access(), pair.refresh());
        assertThat(list.out().lines()).hasSize(2);
        assertThat(run("tokens", "list", user, "--realm", realm, "--json").out())
                .startsWith("{\"id\":");
        assertThat(run("tokens", "list", "nobody", "--realm", realm).out())
                .isEqualTo("user nobody in realm " + realm + ": no live tokens\n");
    }

    @Test
    void listsTheTokensOfARealmAndOfAUserInEveryRealm() {
        String other = Api.fresh("other");
        api.access(realm, user);
        api.access(other, user);
        api.access(realm, "ann");

        CommandRun ofRealm = run("tokens", "list", "--realm", realm);
        CommandRun ofUser = run("tokens", "list", user);

        assertThat(ofRealm.err() + ofUser.err()).isEmpty();
        assertThat(ofRealm.out()).startsWith("USER ").contains(user, "ann").doesNotContain(realm, other);
        assertThat(ofUser.out()).startsWith("REALM ").contains(realm, other).doesNotContain(user, "ann");
        assertThat(run("tokens", "list", Api.fresh("nobody")).out()).endsWith(" in every realm: no live tokens\n");
        assertThat(run("tokens", "list", "--realm", Api.fresh("none")).out()).endsWith(": no live tokens\n");
        assertThat(run("tokens", "list"))
                .isEqualTo(
                        new CommandRun(2, "", "error: tokens list: no target (expected: a user, --realm, or both)\n"));
    }

    /** More than a page of the service. */
    @Test
    void listsALargeRealmToItsEnd() {
        api.mint(realm, 1100, i -> "user" + i);

        assertThat(run("tokens", "list", "--realm", realm, "--json").out().lines())
                .hasSize(1100)
                .doesNotHaveDuplicates();
        assertThat(run("tokens", "list", "--realm", realm).out().lines())
                .hasSize(1 + 1100)
                .doesNotHaveDuplicates();
    }

    @Test
    void checksATokenOfEitherKind() {
        Api.Pair pair = api.pair(realm, user);

        assertThat(check(pair.access()).out())
                .startsWith("active: user " + user + " in realm " + realm + ", expires 2");
        assertThat(check(pair.refresh(), "--refresh").status()).isZero();
        api.invalidateAccess(pair.access());
        assertThat(check(pair.access())).isEqualTo(new CommandRun(6, "not active\n", ""));
        assertThat(check(pair.access(), "--json")).isEqualTo(new CommandRun(6, "{\"active\":false}\n", ""));
        assertThat(check("").status()).isEqualTo(2);
    }

    private int register() {
        return api.register(
                        "{\"realm_name\":\"" + realm + "\",\"username\":\"" + user + "\",\"mint\":[\"access_token\"]}")
                .status();
    }

    private static CommandRun check(String token, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "tokens";
        arguments[1] = "check";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return CommandRun.with(SERVICE, token + "\n", Map.of(), arguments);
    }

    @Test
    void saysThatGrantsCouldNotBeRead() {
        api.access(realm, user);
        try (RedisClient redis = RedisClient.of(RedisServers.embedded().url())) {
            assertThat(redis.keys(""))
                    .filteredOn(key -> key.contains(":h:{" + realm))
                    .singleElement()
                    .satisfies(grants -> redis.call(
                            "EVAL",
                            "return redis.call('HSET', KEYS[1], 'another!' .. ARGV[1], 'y')",
                            "1",
                            grants,
                            user));
        }

        CommandRun list = run("tokens", "list", user, "--realm", realm);

        assertThat(list.out().lines()).hasSize(2);
        assertThat(list.err()).isEqualTo("warning: 1 grant could not be read\n");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(SERVICE, arguments);
    }
}
