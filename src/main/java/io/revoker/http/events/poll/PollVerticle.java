package io.revoker.http.events.poll;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.bus.RevokerBus;
import io.revoker.domain.Problem;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.Settle;
import io.revoker.domain.store.AnswerStore.State;
import io.revoker.http.events.EventIntake;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls for events as long as it is deployed, does what they tell, and acknowledges them with the next poll. Every
 * instance has one, of which one polls at a time: a transmitter may end a poll when another one of its stream begins.
 */
public final class PollVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(PollVerticle.class);
    /** Longer than a poll. If the instance has died, another one goes on after that. */
    private static final Duration TURN = Duration.ofMinutes(2);

    private static final long NEXT_MILLIS = 1000;
    private static final long OTHERS_MILLIS = 5000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 10;

    private final Source source;
    private final Duration timeout;
    private final Function<RevokerBus, EventIntake> intakes;
    private final String owner = UUID.randomUUID().toString();
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private RevokerBus bus;
    private EventIntake intake;
    private SourceClient client;
    private boolean ended;
    private int failures;

    /**
     * Deploy it once.
     *
     * @param timeout of requests over the event bus
     */
    @SuppressWarnings("NullAway.Init") // Vert.x calls start before anything else
    public PollVerticle(Source source, Duration timeout, Function<RevokerBus, EventIntake> intakes) {
        this.source = source;
        this.timeout = timeout;
        this.intakes = intakes;
    }

    @Override
    public Future<?> start() {
        bus = new RevokerBus(vertx, timeout);
        intake = intakes.apply(bus);
        client = new SourceClient(vertx, source);
        context.runOnContext(turn -> go());
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        ended = true;
        return client.close();
    }

    private Reserve turn() {
        // No id of a client has a colon: so this is none of the keys of one.
        return new Reserve("polls:", source.target().url().toString(), owner, TURN);
    }

    private void go() {
        if (!ended) {
            bus.reserveAnswer(turn()).onSuccess(this::take).onFailure(this::fail);
        }
    }

    private void take(Reserved reserved) {
        if (reserved.state() != State.NEW) {
            again(OTHERS_MILLIS);
            return;
        }
        client.poll(acknowledgements)
                .compose(this::take)
                .onComplete(done -> bus.settleAnswer(new Settle(turn(), Optional.empty()))
                        .onComplete(left -> {
                            if (done.succeeded()) {
                                goOn(done.result());
                            } else {
                                fail(done.cause());
                            }
                        }));
    }

    /** Events of which none can be carried out now would come again and again at once. */
    private void goOn(int events) {
        boolean isStuck = events > 0 && acknowledgements.isEmpty();
        failures = isStuck ? failures + 1 : 0;
        if (isStuck) {
            again(Math.min(OTHERS_MILLIS, pause()));
        } else {
            again(events > 0 ? 1 : NEXT_MILLIS);
        }
    }

    private long pause() {
        return Math.min(LONGEST_PAUSE_MILLIS, NEXT_MILLIS << Math.min(MOST_DOUBLINGS, failures - 1));
    }

    /** Takes the events of an answer, and returns how many there were. */
    private Future<Integer> take(JsonNode answer) {
        acknowledgements.clear();
        List<Future<Void>> taken = answer.path("sets").properties().stream()
                .limit(Acknowledgements.MOST)
                .map(this::take)
                .toList();
        return Future.join(taken).map(taken.size());
    }

    /** One that could not be done now comes again, because it is not acknowledged. */
    private Future<Void> take(Map.Entry<String, JsonNode> set) {
        String jti = set.getKey();
        return intake.take(set.getValue().asText("")).transform(done -> {
            if (done.succeeded()) {
                acknowledgements.taken(jti);
            } else {
                refuse(jti, done.cause());
            }
            return Future.succeededFuture();
        });
    }

    private void refuse(String jti, Throwable failure) {
        boolean isFalse = failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID;
        LOG.atWarn()
                .addKeyValue("failure", failure instanceof Problem problem ? problem.text() : failure.getClass())
                .log(isFalse ? "event of the transmitter refused" : "event of the transmitter not carried out");
        if (isFalse) {
            acknowledgements.refused(jti, (Problem) failure);
        }
    }

    private void fail(Throwable failure) {
        if (ended) {
            return;
        }
        failures++;
        long pause = pause();
        LOG.atWarn()
                .addKeyValue("failure", Problem.of(failure).text())
                .addKeyValue("again_in_ms", pause)
                .log("transmitter not polled");
        again(pause);
    }

    private void again(long millis) {
        if (!ended) {
            vertx.setTimer(millis, timer -> go());
        }
    }
}
