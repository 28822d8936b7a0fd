package io.revoker.canary;

import io.revoker.bus.NearAnswers;
import io.revoker.bus.RevokerBus;
import io.revoker.canary.Run.Outcome;
import io.revoker.domain.followers.KnownFollower.State;
import io.revoker.domain.followers.Receipt;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.Settle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a canary again and again. Every instance has one, of which one has its turn at a time; when it ends, or has
 * died for a while, another one goes on.
 */
public final class CanaryVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryVerticle.class);
    private static final Duration LEAST_TURN = Duration.ofSeconds(15);
    private static final int NAMED = 10;

    private final Plan plan;
    private final NearAnswers near;
    private final CanaryMeters meters;
    private final String owner = UUID.randomUUID().toString();
    private RevokerBus bus;
    private Canary canary;
    private boolean ended;
    private boolean hasTurn;
    private Outcome last = Outcome.CLOSED;

    /**
     * When, and how long.
     *
     * @param interval between the end of one and the next
     * @param bound within which all followers should be closed
     * @param timeout of requests over the event bus
     * @param time of the store
     */
    public record Plan(Duration interval, Duration bound, Duration timeout, InstantSource time) {
        /** Longer than from one turn to the next. */
        private Duration turn() {
            Duration twice = interval.plus(bound).multipliedBy(2);
            return twice.compareTo(LEAST_TURN) < 0 ? LEAST_TURN : twice;
        }
    }

    /**
     * Deploy it once.
     *
     * @param near answers to checks that the routes give, too
     */
    @SuppressWarnings("NullAway.Init") // Vert.x calls start before anything else
    public CanaryVerticle(Plan plan, NearAnswers near, CanaryMeters meters) {
        this.plan = plan;
        this.near = near;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        bus = new RevokerBus(vertx, plan.timeout(), plan.timeout(), near);
        canary = new Canary(bus, plan.time(), plan.bound());
        again();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ended = true;
        return bus.settleAnswer(new Settle(turn(), Optional.empty())).otherwiseEmpty();
    }

    private Reserve turn() {
        // No id of a client has a colon: so this is none of the keys of one.
        return new Reserve("canary:", "turn", "turn", owner, plan.turn());
    }

    private void again() {
        if (!ended) {
            vertx.setTimer(plan.interval().toMillis(), timer -> go());
        }
    }

    private void go() {
        if (!ended) {
            bus.reserveAnswer(turn()).compose(this::take, unknown -> failed()).onComplete(done -> again());
        }
    }

    private Future<Void> take(Reserved reserved) {
        hasTurn = reserved.notAfter().isPresent();
        if (!hasTurn) {
            meters.lostTurn();
            return Future.succeededFuture();
        }
        return canary.run().onSuccess(this::ran).mapEmpty();
    }

    /** Whose turn it is can't be known: the instance that had it last counts that none was tried. */
    private Future<Void> failed() {
        if (hasTurn) {
            ran(Run.without(Outcome.FAILED));
        }
        return Future.succeededFuture();
    }

    /** When the service ends, followers are not waited for. */
    private void ran(Run run) {
        if (!ended) {
            meters.ran(run);
            log(run);
        }
    }

    /** Once for each change. */
    private void log(Run run) {
        if (run.outcome() != last) {
            last = run.outcome();
            switch (run.outcome()) {
                case CLOSED ->
                    LOG.atInfo()
                            .addKeyValue("took_ms", run.took().toMillis())
                            .log("canary refused within the bound again");
                case OPEN ->
                    LOG.atWarn()
                            .addKeyValue("bound_ms", plan.bound().toMillis())
                            .addKeyValue("open", open(run.receipt()))
                            .log("canary not refused by all followers within the bound");
                case ACCEPTED -> LOG.error("canary accepted by this instance after its revocation was acknowledged");
                case FAILED -> LOG.warn("canary not tried, it could not be registered, revoked or checked");
            }
        }
    }

    private static List<String> open(Optional<Receipt> receipt) {
        return receipt.stream()
                .flatMap(given -> given.followers().stream())
                .filter(one -> one.state() != State.CLOSED)
                .limit(NAMED)
                .map(one -> one.id().caller() + '/' + one.id().name())
                .toList();
    }
}
