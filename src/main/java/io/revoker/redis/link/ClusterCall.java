package io.revoker.redis.link;

import io.revoker.domain.Problem;
import io.revoker.redis.link.Primaries.Node;
import io.revoker.redis.link.RedisFailure.MovingSlot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;

/** A call in a Cluster, on its way to the node that has its slot; follows redirections for about two seconds. */
final class ClusterCall {
    private static final int ATTEMPTS = 40;
    private static final long PAUSE_MILLIS = 50;

    /** After this many redirections, and while some of its keys are migrating, each attempt waits first. */
    private static final int PROMPT = 3;

    private final Vertx vertx;
    private final Primaries primaries;
    private final Call call;
    private final int slot;
    private int redirections;

    ClusterCall(Vertx vertx, Primaries primaries, Call call) {
        this.vertx = vertx;
        this.primaries = primaries;
        this.call = call;
        this.slot = Slot.of(call.key());
    }

    /** Fails with {@link MovingSlot} if the slot keeps moving. */
    Future<Response> run() {
        return primaries
                .of(slot)
                .map(node -> redirected(node, node.link().send(redirections == 0 ? call : call.alone())))
                .orElseGet(() -> Future.failedFuture(
                        Problem.passing("Redis: slot " + slot + " is served by no node of the Cluster")));
    }

    private Future<Response> redirected(Node asked, Future<Response> reply) {
        return reply.recover(failure -> {
            if (failure instanceof Redirection elsewhere) {
                return follow(elsewhere, asked);
            }
            if (RedisFailure.isOfNoPrimary(failure)) {
                primaries.doubt();
            }
            return Future.failedFuture(failure);
        });
    }

    private Future<Response> follow(Redirection elsewhere, Node asked) {
        redirections++;
        if (redirections == ATTEMPTS) {
            return Future.failedFuture(new MovingSlot(slot));
        }
        return switch (elsewhere.kind()) {
            case MOVED -> moveTo(primaries.at(elsewhere.node(asked.address())));
            case ASK -> wasInGroup() ? run() : ask(primaries.at(elsewhere.node(asked.address())));
            case TRYAGAIN -> pause().compose(passed -> run());
        };
    }

    private Future<Response> moveTo(Node node) {
        return pauseIfMany().compose(passed -> node.reached()).compose(reached -> {
            primaries.moved(slot, node.address());
            return run();
        });
    }

    private Future<Response> ask(Node node) {
        primaries.strayed();
        return pauseIfMany()
                .compose(passed -> node.reached())
                .compose(reached -> redirected(node, node.link().sendAsking(call)));
    }

    /**
     * Redis before 7.0 answers so if any key of a command is missing, so only other calls of the group may be meant.
     * This one is asked for alone first: its key may still be here.
     */
    private boolean wasInGroup() {
        return redirections == 1 && call.place() == Call.Place.GROUP;
    }

    private Future<?> pauseIfMany() {
        return redirections > PROMPT ? pause() : Future.succeededFuture();
    }

    private Future<?> pause() {
        return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
