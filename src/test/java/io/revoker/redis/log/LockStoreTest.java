package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.LockStore;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Locks that are written again. */
class LockStoreTest {
    private final Instant end = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);

    private final String url = RedisServers.embedded().url();
    private final String prefix = Backend.newPrefix();
    private final String key = prefix + ":{log}:locks";
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix);
    private final OnLoop ports = opened.ports();
    private final RedisClient redis = RedisClient.of(url);

    @AfterEach
    void close() {
        redis.close();
        opened.close().run();
    }

    @Test
    void areAllWrittenHoweverMany() {
        List<Lock> many = locks(1050);

        assertThat(raise(many)).isZero();

        assertThat(get(OnLoop.on(ports.context(), () -> ports.marks().locks().all(Stamp.NONE)))
                        .orElseThrow())
                .containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void areCountedIfThereIsNoRoom() {
        fill(LockStore.MOST - 250, "zzzzzzzz");

        assertThat(raise(locks(450))).isEqualTo(200);
        assertThat(raise(locks(450))).isEqualTo(200);
        assertThat(redis.call("HLEN", key)).hasToString(String.valueOf(LockStore.MOST));
    }

    @Test
    void takeThePlacesOfThoseThatHaveEnded() {
        fill(LockStore.MOST, "\0\0\0\0\0\0\0\1");

        assertThat(raise(locks(3))).isZero();

        assertThat(redis.call("HLEN", key)).hasToString("3");
    }

    private int raise(List<Lock> locks) {
        return get(OnLoop.on(ports.context(), () -> ports.marks().locks().raise(locks)));
    }

    private List<Lock> locks(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i -> new Lock(target(holder("corp", "joe-" + i)), end, new Stamp(i + 1), "", Optional.empty()))
                .toList();
    }

    private static Target target(UserInRealm holder) {
        return holder.user().value().endsWith("7")
                ? Grants.selected(new Target.OfUserInRealm(holder), Selector.By.CLIENT, "a client")
                : new Target.OfUser(holder.user());
    }

    /** With locks of others; the first eight bytes of their values say when they end. */
    private void fill(int count, String value) {
        List<String> command = new ArrayList<>(List.of("HSET", key));
        IntStream.range(0, count).forEach(i -> command.addAll(List.of(String.valueOf(10_000_000 + i), value)));
        redis.call(command.toArray(String[]::new));
    }
}
