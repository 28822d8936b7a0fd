package io.revoker.redis.log;

import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.ReplicaCount;
import io.revoker.redis.link.Spans;
import io.revoker.redis.link.Witness;
import io.revoker.redis.link.Witness.Confirmed;
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
 * Asks how many replicas have all that their primaries have written; used by one event loop only.
 *
 * <p>Redis lets a connection wait that has asked. So this one is asked on a connection that nothing else needs, and of each primary there is
 * {@linkplain ReplicaQuestion one question} at a time.
 */
public final class Confirmations {
    private final Context context;
    private final RedisLink link;
    private final ReplicaCount count;
    private final Spans spans;
    private final Map<String, ReplicaQuestion> questions = new HashMap<>();

    /** @param link on which the replicas are waited for */
    public Confirmations(Context context, RedisLink link, ReplicaCount count) {
        this.context = context;
        this.link = link;
        this.count = count;
        this.spans = new Spans(context);
    }

    /**
     * What primaries say of what was written until now.
     *
     * @param silent the names of those that do not tell
     */
    record Told(List<Confirmed> confirmed, List<String> silent) {}

    /** Of every primary. */
    Future<Told> await() {
        return await(link.witnesses());
    }

    /** Of those with these names. */
    Future<Told> await(Set<String> names) {
        return await(link.witnesses(names));
    }

    /** Fails if none of them tells. */
    private Future<Told> await(List<Witness> witnesses) {
        List<Future<Confirmed>> asked = witnesses.stream().map(this::ask).toList();
        Promise<Told> mine = spans.promise("wait");
        Future.any(asked)
                .transform(any -> any.failed()
                        ? Future.<Told>failedFuture(any.cause())
                        : Future.join(asked).transform(all -> Future.succeededFuture(told(witnesses, asked))))
                .onComplete(mine);
        return mine.future();
    }

    private Future<Confirmed> ask(Witness witness) {
        String name = witness.name();
        return questions
                .computeIfAbsent(name, unknown -> new ReplicaQuestion(context, count, () -> questions.remove(name)))
                .await(witness);
    }

    private static Told told(List<Witness> witnesses, List<Future<Confirmed>> asked) {
        return new Told(
                asked.stream().filter(Future::succeeded).map(Future::result).toList(),
                IntStream.range(0, asked.size())
                        .filter(i -> asked.get(i).failed())
                        .mapToObj(i -> witnesses.get(i).name())
                        .toList());
    }

    /**
     * Asks one primary how many replicas have all that it has written, one question at a time. Whoever comes while a question is out shares the next one with
     * all others that do: each question is about everything that was written before it.
     */
    static final class ReplicaQuestion {
        private final Context context;
        private final ReplicaCount count;
        private final Runnable idle;
        private Optional<Promise<Confirmed>> next = Optional.empty();
        private boolean asking;

        /** @param idle told when nobody waits any longer */
        ReplicaQuestion(Context context, ReplicaCount count, Runnable idle) {
            this.context = context;
            this.count = count;
            this.idle = idle;
        }

        Future<Confirmed> await(Witness witness) {
            return next.orElseGet(() -> prepare(witness)).future();
        }

        /** To be asked at the end of this turn, for all that want to know in it. */
        private Promise<Confirmed> prepare(Witness witness) {
            Promise<Confirmed> shared = Promise.promise();
            next = Optional.of(shared);
            if (!asking) {
                asking = true;
                context.runOnContext(turn -> ask(shared, witness));
            }
            return shared;
        }

        private void ask(Promise<Confirmed> shared, Witness witness) {
            next = Optional.empty();
            witness.ask(count).onComplete(answer -> {
                next.ifPresentOrElse(waiting -> context.runOnContext(turn -> ask(waiting, witness)), this::rest);
                shared.handle(answer);
            });
        }

        private void rest() {
            asking = false;
            idle.run();
        }
    }
}
