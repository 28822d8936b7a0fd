package io.revoker.redis.log;

import io.revoker.redis.link.ConfirmingPrimary;
import io.revoker.redis.link.ConfirmingPrimary.Confirmed;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.RedisSpans;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Asks how many replicas have everything that their primaries have written; used by one event loop only.
 *
 * <p>Redis blocks a connection that sends {@code WAIT}. So it is sent on a connection that nothing else needs, and
 * each primary is asked {@linkplain ReplicaQuestion one question} at a time.
 */
public final class Confirmations {
    private final Context context;
    private final RedisLink link;
    private final ReplicaCount count;
    private final RedisSpans spans;
    private final Map<String, ReplicaQuestion> questions = new HashMap<>();

    /** @param link the connection on which to wait for the replicas */
    public Confirmations(Context context, RedisLink link, ReplicaCount count) {
        this.context = context;
        this.link = link;
        this.count = count;
        this.spans = new RedisSpans(context);
    }

    /**
     * The primaries' answers about what was written until now.
     *
     * @param silent the names of the primaries that did not answer
     */
    record Answers(List<Confirmed> confirmed, List<String> silent) {}

    /** Asks every primary. */
    Future<Answers> await() {
        return await(link.confirmingPrimaries());
    }

    /** Asks the primaries with these names. */
    Future<Answers> await(Set<String> names) {
        return await(link.confirmingPrimaries(names));
    }

    /** Fails if none of them answers. */
    private Future<Answers> await(List<ConfirmingPrimary> confirmingPrimaries) {
        List<Future<Confirmed>> asked =
                confirmingPrimaries.stream().map(this::ask).toList();
        Promise<Answers> mine = spans.promise("wait");
        Future.any(asked)
                .transform(any -> any.failed()
                        ? Future.<Answers>failedFuture(any.cause())
                        : Future.join(asked)
                                .transform(all -> Future.succeededFuture(answers(confirmingPrimaries, asked))))
                .onComplete(mine);
        return mine.future();
    }

    private Future<Confirmed> ask(ConfirmingPrimary primary) {
        String name = primary.name();
        return questions
                .computeIfAbsent(name, unknown -> new ReplicaQuestion(context, count, () -> questions.remove(name)))
                .await(primary);
    }

    private static Answers answers(List<ConfirmingPrimary> confirmingPrimaries, List<Future<Confirmed>> asked) {
        return new Answers(
                asked.stream().filter(Future::succeeded).map(Future::result).toList(),
                IntStream.range(0, asked.size())
                        .filter(i -> asked.get(i).failed())
                        .mapToObj(i -> confirmingPrimaries.get(i).name())
                        .toList());
    }

    /**
     * Asks one primary how many replicas have everything that it has written, one question at a time. Calls that
     * arrive while a question is in flight share the next one: each question covers everything that was written before
     * it.
     */
    static final class ReplicaQuestion {
        private final Context context;
        private final ReplicaCount count;
        private final Runnable idle;
        private Optional<Promise<Confirmed>> next = Optional.empty();
        private boolean asking;

        /** @param idle called when no call waits any longer */
        ReplicaQuestion(Context context, ReplicaCount count, Runnable idle) {
            this.context = context;
            this.count = count;
            this.idle = idle;
        }

        Future<Confirmed> await(ConfirmingPrimary primary) {
            return next.orElseGet(() -> prepare(primary)).future();
        }

        /** The question is sent at the end of this turn, for all calls that arrive in it. */
        private Promise<Confirmed> prepare(ConfirmingPrimary primary) {
            Promise<Confirmed> shared = Promise.promise();
            next = Optional.of(shared);
            if (!asking) {
                asking = true;
                context.runOnContext(turn -> ask(shared, primary));
            }
            return shared;
        }

        private void ask(Promise<Confirmed> shared, ConfirmingPrimary primary) {
            next = Optional.empty();
            primary.ask(count).onComplete(answer -> {
                next.ifPresentOrElse(waiting -> context.runOnContext(turn -> ask(waiting, primary)), this::rest);
                shared.handle(answer);
            });
        }

        private void rest() {
            asking = false;
            idle.run();
        }
    }
}
