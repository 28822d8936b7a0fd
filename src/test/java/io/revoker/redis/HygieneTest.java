package io.revoker.redis;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.MarkStore;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is left behind, and nothing goes too early. */
@ParameterizedClass
@MethodSource("io.revoker.testing.RedisServers#all")
class HygieneTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final String prefix = Backend.newPrefix();
    private final String url;
    private final RedisClient redis;
    private final Backend.Opened opened;
    private final OnLoop store;

    HygieneTest(RedisServers.Server server) {
        url = server.url();
        redis = RedisClient.of(url);
        opened = Backend.openKnowing(url, prefix);
        store = opened.ports();
    }

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
    }

    @Test
    void leavesNoKeyButTheLogsWhenAllTokensHaveExpired() {
        for (int i = 0; i < 50; i++) {
            get(store.register(Grants.pair(holder("realm" + i % 3, "user" + i), SHORT, SHORT.multipliedBy(2))));
        }
        Target target = new Target.OfRealm(JOE.realm());
        Stamp stamp = get(store.append(target));
        get(store.forget(Sweeping.totals(store, target, stamp).keySet(), stamp));

        until("all tokens gone", () -> ofTokens().isEmpty());
    }

    @Test
    void leavesNothingOfAGrantThatHadExpiredBeforeItWasRegistered() {
        get(store.register(Grants.pair(JOE, SHORT.negated(), SHORT.negated())));

        assertThat(ofTokens()).isEmpty();
    }

    /** All keys but those of the log. */
    private List<String> ofTokens() {
        return redis.keys(prefix + ":").stream()
                .filter(key -> !key.startsWith(prefix + ":{log}:"))
                .toList();
    }

    @Test
    void keepsEveryKeyAsLongAsItsLongestEntry() {
        Grant longest = Grants.pair(JOE, Grants.LIFE, Grants.LIFE.multipliedBy(24));
        get(store.register(longest));
        get(store.register(Grants.access(JOE, SHORT)));
        get(store.register(Grants.pair(JOE, SHORT, SHORT)));
        long expiry = longest.lastExpiry().getEpochSecond();

        assertThat(List.of(keys("h:"), keys("q:"), keys("realms")))
                .allSatisfy(found -> assertThat(found).hasSize(1))
                .allSatisfy(found -> assertThat(expiryOf(found.get(0))).isBetween(expiry - 1, expiry));
        assertThat(keys("t:")).anySatisfy(key -> assertThat(expiryOf(key)).isBetween(expiry - 1, expiry));
    }

    @Test
    void keepsTheKeyOfAHolderWhileItIsSwept() {
        Grant grant = Grants.pair(JOE);
        get(store.register(grant));
        long before = expiryOf(keys("h:").get(0));
        Target target = new Target.OfUserInRealm(JOE);

        Sweeping.sweep(store, target, get(store.append(target)));

        assertThat(expiryOf(keys("h:").get(0))).isBetween(before - 1, before + 1);
    }

    @Test
    void cleansAHashAsItIsWritten() {
        int expired = 600;
        Future<?> written = Future.all(IntStream.range(0, expired)
                .mapToObj(i -> store.register(Grants.access(JOE, SHORT)))
                .toList());
        written.toCompletionStage().toCompletableFuture().join();
        Grant last = Grants.access(JOE, SHORT.multipliedBy(2));
        get(store.register(last));
        until("expired", () -> get(store.find(Grants.accessId(last))).isEmpty());
        get(store.register(Grants.access(JOE, Grants.LIFE)));

        int live = 400;
        IntStream.range(0, live)
                .mapToObj(i -> store.register(Grants.access(JOE)))
                .toList()
                .forEach(done -> assertThat(get(done)).isNotNull());

        long entries = Stream.of("g:", "h:")
                .flatMap(kind -> keys(kind).stream())
                .mapToLong(key -> redis.number("HLEN", key))
                .sum();
        assertThat(entries).isLessThan((live + 1) * 3 / 2);
    }

    @Test
    void cleansAnIndexAsItIsWritten() {
        for (int i = 0; i < 100; i++) {
            get(store.register(Grants.access(holder("corp", "user" + i), SHORT)));
        }
        Grant last = Grants.access(holder("corp", "user"), SHORT);
        get(store.register(last));
        until("expired", () -> get(store.find(Grants.accessId(last))).isEmpty());

        for (int i = 0; i < 40; i++) {
            get(store.register(Grants.access(holder("corp", "other" + i))));
        }

        assertThat(Sweeping.holders(store, new Target.OfRealm(JOE.realm())))
                .hasSizeLessThan(60)
                .contains(holder("corp", "other39"));
    }

    @Test
    void dropsMarksAndEventsThatAreTooOld() {
        Backend.Opened brief = Backend.open(Tuning.DEFAULT.retention(Duration.ofMillis(1)), url, prefix);
        List<Future<Stamp>> appended = IntStream.range(0, 3000)
                .mapToObj(i -> brief.ports()
                        .append(new Target.OfUser(holder("corp", "user" + i).user())))
                .toList();
        appended.forEach(stamp -> assertThat(get(stamp)).isNotNull());
        Target last = new Target.OfRealm(JOE.realm());
        get(brief.ports().append(last));

        for (int slice = 0; slice < MarkStore.SLICES; slice++) {
            assertThat(get(brief.ports().slice(slice, Stamp.NONE)).orElseThrow().size())
                    .isLessThan(10);
        }
        assertThat(keys("{log}:m:").stream()
                        .mapToLong(key -> redis.number("HLEN", key))
                        .sum())
                .isLessThan(100);
        assertThat(redis.number("XLEN", prefix + ":{log}:events")).isLessThan(1500);
        assertThat(get(brief.ports().after(Stamp.NONE)).revocations())
                .last()
                .extracting(revocation -> revocation.target())
                .isEqualTo(last);
        brief.close().run();
    }

    private List<String> keys(String rest) {
        return redis.keys(prefix + ":" + rest);
    }

    private long expiryOf(String key) {
        return Grants.now().getEpochSecond() + redis.number("TTL", key);
    }
}
