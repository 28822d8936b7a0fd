package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.testing.Backend;
import io.revoker.testing.LogCapture;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries that another application or a newer version has added to the log must not hide the entries after them. */
class UnreadableLogTest {
    private static final Target REALM = new Target.OfRealm(holder("corp", "joe").realm());
    private static final Target USER = new Target.OfUser(holder("corp", "joe").user());

    private final String prefix = Backend.newPrefix();
    private final Backend.Opened opened =
            Backend.open(Tuning.DEFAULT, RedisServers.embedded().url(), prefix);
    private final OnLoop log = opened.ports();
    private final RedisClient redis = RedisClient.of(RedisServers.embedded().url());

    @AfterEach
    void close() {
        redis.close();
        opened.close().run();
    }

    @Test
    void passesOverAnEntryAndSaysSoOnce() {
        Stamp first = get(log.append(REALM));
        Stamp bad = new Stamp(first.micros() + 1);
        add(bad, "planet/earth");
        Stamp second = get(log.append(USER));

        try (LogCapture lines = LogCapture.open(Level.ERROR)) {
            for (int i = 0; i < 2; i++) {
                assertThat(get(log.after(Stamp.NONE)).revocations())
                        .containsExactly(new Revocation(first, REALM), new Revocation(second, USER));
            }
            assertThat(lines.lines()).singleElement().asString().contains("log entry unreadable stamp=" + bad);
        }
    }

    @Test
    void revokesAndSaysSoIfItCantReadTheLock() {
        Stamp first = get(log.append(REALM));
        Stamp bad = new Stamp(first.micros() + 1);
        redis.call("XADD", prefix + ":{log}:events", bad + "-0", "target", "user/joe", "lock", "forever");
        Stamp second = get(log.append(REALM));

        try (LogCapture lines = LogCapture.open(Level.ERROR)) {
            assertThat(get(log.after(first)).revocations())
                    .containsExactly(new Revocation(bad, USER), new Revocation(second, REALM));
            assertThat(lines.lines()).singleElement().asString().contains("log entry unreadable stamp=" + bad);
        }
    }

    @Test
    void findsWhatComesAfterManyThatItCantRead() {
        Stamp first = get(log.append(REALM));
        for (int i = 1; i <= 1500; i++) {
            add(new Stamp(first.micros() + i), "realm/%zz");
        }
        Stamp second = get(log.append(USER));

        LogPage unreadable = get(log.after(first));
        assertThat(unreadable.revocations()).isEmpty();
        assertThat(unreadable.isLast()).isFalse();
        assertThat(get(log.after(unreadable.upTo())).revocations()).containsExactly(new Revocation(second, USER));
        assertThat(get(log.after(second)).revocations()).isEmpty();
    }

    @Test
    void waitsAfterTheLastEntryThatItCantRead() {
        Stamp first = get(log.append(REALM));
        add(new Stamp(first.micros() + 1), "user");

        assertThat(get(log.after(first)).revocations()).isEmpty();
    }

    @Test
    void dropsAMarkThatItCantRead() {
        Stamp stamp = get(log.append(REALM));
        int slice = MarkId.slice(MarkId.of(REALM).bits());
        String bucket = prefix + ":{log}:m:" + slice * 32;
        redis.call("HSET", bucket, "earth", "is a planet");

        assertThat(log.mark(REALM)).contains(stamp);
        assertThat(redis.call("HEXISTS", bucket, "earth")).hasToString("0");
    }

    private void add(Stamp stamp, String target) {
        redis.call("XADD", prefix + ":{log}:events", stamp + "-0", "target", target);
    }
}
