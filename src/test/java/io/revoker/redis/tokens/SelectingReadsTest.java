package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Grants.ofClient;
import static io.revoker.testing.Grants.selected;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Selector;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisProcess;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sweep that selects reads of users with many grants. */
class SelectingReadsTest {
    private static final int USERS = 24;
    private static final int GRANTS = 60;
    /** Long, so that each user has a hash of its own. */
    private static final String USER = "joe".repeat(20);

    private static final Target SHOP =
            selected(new Target.OfRealm(holder("corp", "joe").realm()), Selector.By.CLIENT, "shop");

    private final RedisProcess server = RedisProcess.start(RedisServers.executable(), RedisServers.directory());
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, server.url(), Backend.newPrefix());
    private final OnLoop store = opened.ports();
    private final RedisClient redis = server.client();

    @AfterEach
    void close() {
        redis.close();
        opened.close().run();
        server.close();
    }

    @Test
    void readsFewOfThemAgain() {
        IntStream.range(0, USERS * GRANTS)
                .mapToObj(i -> store.register(ofClient("shop", Grants.access(holder("corp", USER + i % USERS)))))
                .toList()
                .forEach(done -> get(done));
        redis.call("CONFIG", "RESETSTAT");

        assertThat(Sweeping.sweep(store, SHOP, get(store.append(SHOP)))).isEqualTo(new Tally(USERS * GRANTS, 0));

        assertThat(redis.calls("hgetall")).isBetween((long) USERS, 2L * USERS);
    }
}
