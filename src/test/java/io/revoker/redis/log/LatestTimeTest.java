package io.revoker.redis.log;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.store.RevocationLog.Entered;
import io.revoker.domain.store.RevocationLog.Order;
import io.revoker.domain.store.RevocationLog.Start;
import io.revoker.testing.Backend;
import io.revoker.testing.OnEveryRedis;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers.Server;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revocations that must not take effect after some time. */
@OnEveryRedis
class LatestTimeTest {
    private static final Target REALM = new Target.OfRealm(holder("corp", "joe").realm());

    private final Backend.Opened opened;
    private final OnLoop ports;

    LatestTimeTest(Server redis) {
        opened = Backend.open(Tuning.DEFAULT, redis.url(), Backend.newPrefix());
        ports = opened.ports();
    }

    @AfterEach
    void close() {
        opened.close().run();
    }

    @Test
    void writeNothingWhenItIsOver() {
        Problem late = problem(enter(Instant.now().minusSeconds(60)));

        assertThat(late.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(late.text()).contains("too late").contains("nothing was revoked");
        assertThat(ports.mark(REALM)).isEmpty();
        assertThat(get(ports.after(Stamp.NONE)).revocations()).isEmpty();
    }

    @Test
    void areWrittenBefore() {
        Entered entered = get(enter(Instant.now().plusSeconds(3600)));

        assertThat(ports.mark(REALM)).contains(entered.stamp());
    }

    private Future<Entered> enter(Instant latest) {
        Order order = new Order("ops", Start.AT_ONCE, Optional.empty(), Optional.empty(), Optional.of(latest));
        return OnLoop.on(ports.context(), () -> ports.log().enter(REALM, order));
    }
}
