package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.redis.keys.Keys;
import io.revoker.testing.Backend;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Relay;
import io.revoker.testing.Tuning;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order the log is asked for a page, for the entries that it should have, and since when it keeps them. */
class LogReaderTest {
    private static final Target USER = new Target.OfUser(holder("corp", "joe").user());

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Relay relay = Relay.to(vertx, RedisServers.embedded().url(), connection -> request -> {
        sent.add(request.toString());
        connection.pass(request);
    });
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, relay.url(), prefix);

    @AfterEach
    void close() {
        opened.close().run();
        get(vertx.close());
    }

    /** What is trimmed in between is not taken for lost. */
    @Test
    void asksForTheKnownEntriesBeforeItAsksWhichMayBeMissing() {
        Stamp known = get(opened.ports().append(USER));
        Stamp read = get(opened.ports().append(USER));
        sent.clear();

        assertThat(get(opened.ports().after(read, List.of(known))).continuity()).isEqualTo(Continuity.WHOLE);

        Keys keys = new Keys(prefix, 4);
        assertThat(String.join("", sent)).containsSubsequence(known + "-0", keys.clock, keys.trimmed);
        assertThat(String.join("", sent)).containsOnlyOnce(keys.clock);
    }
}
