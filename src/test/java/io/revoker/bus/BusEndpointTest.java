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
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
    void isAskedWithoutAMessageOnItsOwnLoop() {
        AtomicInteger messages = new AtomicInteger();
        vertx.eventBus().addOutboundInterceptor(sent -> {
            messages.incrementAndGet();
            sent.next();
        });
        serve(here, Verdict.INVALIDATED);

        assertThat(check()).isEqualTo(Verdict.INVALIDATED);

        assertThat(messages).hasValue(0);
        RevokerBus elsewhere =
                get(OnLoop.on(there, () -> Future.succeededFuture(new RevokerBus(vertx, Duration.ofSeconds(5)))));
        assertThat(get(OnLoop.on(there, () -> elsewhere.check(CHECK)))).isEqualTo(Verdict.INVALIDATED);
        assertThat(messages).hasPositiveValue();
    }

    /** Netty runs such tasks in no context. */
    @Test
    void answersATaskOfItsOwnLoop() {
        serve(here, Verdict.INVALIDATED);
        Promise<Verdicts> answered = Promise.promise();

        ((ContextInternal) here)
                .nettyEventLoop()
                .execute(() -> bus.checkAll(new CheckAll(List.of(CHECK))).onComplete(answered));

        assertThat(get(answered.future()).outcomes()).hasSize(1);
    }

    @Test
    void isNotWaitedForLongerThanTheTimeout() {
        RevokerBus hasty =
                get(OnLoop.on(here, () -> Future.succeededFuture(new RevokerBus(vertx, Duration.ofMillis(20)))));
        get(OnLoop.on(
                here,
                () -> Future.succeededFuture(new BusEndpoint(vertx)
                        .serveChecks(check -> Promise.<Verdict>promise().future()))));

        Problem problem = problem(OnLoop.on(here, () -> hasty.check(CHECK)));

        assertThat(problem.kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(problem.text()).isEqualTo("event bus: no answer in time");
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
