package io.revoker.revocation;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.TrustedIssuer;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What checks read from Redis. */
class JwtReadsTest {
    private static final int MANY = 20;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final Relay relay = Relay.to(vertx, RedisServers.embedded().url(), connection -> request -> {
        sent.add(request.toString());
        connection.pass(request);
    });
    private final String prefix = Backend.newPrefix();
    private final TrustedIssuer issuer = TrustedIssuer.demanding(Demand.EITHER);
    private final Node node = Node.onRedis(Tuning.DEFAULT, relay.url(), prefix, 1);

    @AfterEach
    void close() {
        node.close();
        get(vertx.close());
    }

    @Test
    void readsForAnOpaqueTokenWhatItAlwaysRead() {
        Grant grant = Grants.access(holder("corp", "joe"));
        get(node.register(grant));
        assertThat(get(node.check(accessId(grant))).status()).isEqualTo(Verdict.Status.ACTIVE);
        sent.clear();

        assertThat(get(node.check(accessId(grant))).status()).isEqualTo(Verdict.Status.ACTIVE);

        assertThat(keysRead()).containsExactly(":h:");
    }

    /** Not the marks themselves: the node has read them. */
    @Test
    void readsTheNewestMarkOnceForAllJwtsOfATurn() {
        get(node.revoke(new Target.OfUser(holder("corp", "jane").user())));
        until("heard", () -> node.heard().size() == 1);
        List<Check> checks = IntStream.range(0, MANY)
                .mapToObj(i -> issuer.token("joe"))
                .map(token -> new Check(token, RealmScope.ALL, Check.Kinds.ACCESS, get(issuer.verify(token))))
                .toList();
        sent.clear();

        assertThat(get(node.bus().checkAll(new CheckAll(checks))).outcomes())
                .hasSize(MANY)
                .allMatch(outcome -> outcome.match(
                        decided -> decided.verdict().status() == Verdict.Status.ACTIVE, undecided -> false));

        assertThat(keysRead().stream().filter(":x:"::equals)).hasSize(2 * MANY);
        assertThat(keysRead().stream().filter(":t:"::equals)).hasSize(MANY);
        assertThat(keysRead().stream().filter(":{log}:last"::equals)).hasSize(1);
        assertThat(keysRead()).doesNotContain(":{log}:m:", ":h:");
    }

    /** The kinds of keys, except those that the feed and the sweeps read all the time. */
    private List<String> keysRead() {
        return Pattern.compile(Pattern.quote(prefix) + "(:(?:t|g|h|x|b|q|u):|:\\{log\\}:(?:last|m:))")
                .matcher(sent.stream().filter(request -> !isOfRefresh(request)).collect(Collectors.joining()))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Slices of the marks, by a script. */
    private static boolean isOfRefresh(String request) {
        return request.toLowerCase(java.util.Locale.ROOT).contains("evalsha");
    }
}
