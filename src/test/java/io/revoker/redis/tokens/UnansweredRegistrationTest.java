package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.redis.keys.Keys;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A registration whose grant is written, and of which another node of a Cluster could not do a later step: its
 * repetition does not say that it has created it.
 */
class UnansweredRegistrationTest {
    private static final int SHARDS = 4;
    private static final Pattern BLOCKED = Pattern.compile("flags=[A-Za-z]*b");

    private final RedisCluster cluster = RedisCluster.start(3, 0, "--cluster-require-full-coverage", "no");
    private final RedisProcess log = cluster.primaryOf("{log}");

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void mayBeDoneIfItsRealmCouldNotBeListed() {
        String prefix = first(Backend::newPrefix, name -> !isWithLog(new Keys(name, SHARDS).realms));
        Keys keys = new Keys(prefix, SHARDS);
        Grant grant = grant(keys, this::isWithLog);
        Backend.Opened opened = Backend.open(Tuning.DEFAULT, cluster.url(), prefix);
        OnLoop store = opened.ports();
        RedisProcess list = cluster.primaryOf(keys.realms);
        list.kill();

        Problem problem = problem(store.register(grant));

        assertThat(get(store.find(accessId(grant)))).isPresent();
        assertThat(problem.isUnanswered()).as(problem.text()).isTrue();
        list.start();
        until(
                "registered",
                () -> get(store.register(grant)
                        .map(done -> done.outcome() == Outcome.UNCHANGED)
                        .otherwise(false)));
        opened.close().run();
    }

    @Test
    void mayBeDoneIfTheNewestMarkCouldNotBeReadAfterIt() {
        String prefix = first(Backend::newPrefix, name -> isWithLog(new Keys(name, SHARDS).realms));
        Keys keys = new Keys(prefix, SHARDS);
        Grant grant = grant(keys, tag -> !isWithLog(tag));
        Backend.Opened opened = Backend.open(Tuning.DEFAULT, cluster.url(), prefix);
        OnLoop store = opened.ports();
        RedisProcess node = cluster.primaryOf(keys.tag(grant.holder()));
        RedisCluster.call(node, "CLIENT", "PAUSE", "60000", "WRITE");
        Future<Registration> registration = store.register(grant);
        until(
                "the grant is on its way",
                () -> BLOCKED.matcher(RedisCluster.call(node, "CLIENT", "LIST")).find());
        log.kill();
        until(
                "known to be away",
                () -> get(store.newest().map(false).otherwise(failure -> !((Problem) failure).isUnanswered())));

        RedisCluster.call(node, "CLIENT", "UNPAUSE");

        Problem problem = problem(registration);
        assertThat(problem.isUnanswered()).as(problem.text()).isTrue();
        opened.close().run();
    }

    /** A grant of which all is on the node of the log, or only what is not in the shard of its holder. */
    private Grant grant(Keys keys, Predicate<String> tag) {
        UserInRealm user = first(() -> holder("corp", Backend.newPrefix()), one -> isWithLog(keys.realms(one.user())));
        UserInRealm holder =
                first(() -> holder(Backend.newPrefix(), user.user().value()), one -> tag.test(keys.tag(one)));
        return first(() -> Grants.access(holder), one -> isWithLog(keys.records(accessId(one))));
    }

    private boolean isWithLog(String key) {
        return cluster.primaryOf(key).equals(log);
    }

    private static <T> T first(Supplier<T> any, Predicate<T> suitable) {
        return Stream.generate(any).filter(suitable).findFirst().orElseThrow();
    }
}
