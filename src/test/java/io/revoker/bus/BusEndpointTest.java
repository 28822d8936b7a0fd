package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Verdict;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who answers an asker on an event loop, as endpoints come and go. */
class BusEndpointTest {
    private static final Check CHECK = new Check("token", RealmScope.ALL);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Context here = nextLoop();
    private final Context there = nextLoop();
    private RevokerBus bus;

    @BeforeEach
    void start() {
        Codecs.register(vertx.eventBus());
        bus = get(OnLoop.on(here, () -> Future.succeededFuture(new RevokerBus(vertx, Duration.ofSeconds(5)))));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void isTheOneOfItsOwnLoopIfThereIsOne() {
        serve(there, Verdict.UNKNOWN);
        assertThat(check()).isEqualTo(Verdict.UNKNOWN);

        serve(here, Verdict.INVALIDATED);

        assertThat(check()).isEqualTo(Verdict.INVALIDATED);
        assertThat(check()).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void isAnotherOnceItHasClosed() {
        serve(there, Verdict.UNKNOWN);
        BusEndpoint closed = serve(here, Verdict.INVALIDATED);
        assertThat(check()).isEqualTo(Verdict.INVALIDATED);

        get(OnLoop.on(here, closed::close));

        assertThat(check()).isEqualTo(Verdict.UNKNOWN);
        assertThat(check()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void isStillOfItsLoopIfOneOfTwoThereHasClosed() {
        serve(there, Verdict.UNKNOWN);
        BusEndpoint closed = serve(here, Verdict.INVALIDATED);
        serve(here, Verdict.INVALIDATED);

        get(OnLoop.on(here, closed::close));

        assertThat(check()).isEqualTo(Verdict.INVALIDATED);
        assertThat(check()).isEqualTo(Verdict.INVALIDATED);
    }

    @Test
    void isNobodyIfAllHaveClosed() {
        BusEndpoint closed = serve(here, Verdict.INVALIDATED);

        get(OnLoop.on(here, closed::close));

        assertThat(problem(OnLoop.on(here, () -> bus.check(CHECK))).kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private Context nextLoop() {
        Promise<Context> started = Promise.promise();
        get(vertx.deployVerticle(
                () -> new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        started.complete(context);
                        return Future.succeededFuture();
                    }
                },
                new DeploymentOptions()));
        return get(started.future());
    }

    private Verdict check() {
        return get(OnLoop.on(here, () -> bus.check(CHECK)));
    }

    private BusEndpoint serve(Context context, Verdict answer) {
        return get(OnLoop.on(
                context,
                () -> Future.succeededFuture(
                        new BusEndpoint(vertx).serveChecks(check -> Future.succeededFuture(answer)))));
    }
}
