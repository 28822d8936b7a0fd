package io.revoker.redis.link;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.testing.Backend;
import io.revoker.testing.Gate;
import io.revoker.testing.Grants;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One server reads nothing before what was sent to it earlier on the same connection. */
class PipelineOrderTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final Vertx vertx = Vertx.vertx();
    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final Gate gate = Gate.open(vertx, url);
    private final Backend.Opened slow = Backend.open(Tuning.DEFAULT, gate.url(), prefix);
    private final Backend.Opened fast = Backend.open(Tuning.DEFAULT, url, prefix);

    @AfterEach
    void close() {
        slow.close().run();
        fast.close().run();
        get(vertx.close());
    }

    static Stream<Target> scanned() {
        return Stream.of(new Target.OfRealm(JOE.realm()), new Target.OfUser(JOE.user()));
    }

    /** A token that is registered while the mark is on its way is older than the mark. */
    @ParameterizedTest
    @MethodSource("scanned")
    void findsWhoeverWasThereBeforeTheMark(Target target) {
        gate.closeAt(prefix + ":{log}:events");
        Future<Page> page = slow.ports().pageAfterMark(target);
        until("mark on its way", gate::isHolding);
        get(fast.ports().register(Grants.pair(JOE)));
        gate.open();

        assertThat(Sweeping.holders(fast.ports(), get(page).holdings())).containsExactly(JOE);
    }
}
