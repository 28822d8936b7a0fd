package io.revoker.audit;

import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done again and again: ends the counting of equal acts, makes the entries of acts whose instance has ended,
 * removes old entries, and signs the end of the chain.
 */
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Result LEFT_BEHIND = Result.of(
            Result.State.UNKNOWN,
            "it was announced, and its end was not written: its instance has ended, or it was not begun");

    /** At one time, so that the rest of the upkeep is not put off for ever. */
    private static final int MOST_TRIMS = 10_000;

    private final Context context;
    private final AuditStore store;
    private final TrailSettings settings;
    private final InstantSource time;
    private final ChainWriter writer;
    private final Supplier<Future<Void>> summaries;
    private long timer;
    private boolean ended;
    private Link signed = Link.NONE;

    Upkeep(
            Context context,
            AuditStore store,
            TrailSettings settings,
            InstantSource time,
            ChainWriter writer,
            Supplier<Future<Void>> summaries) {
        this.context = context;
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.writer = writer;
        this.summaries = summaries;
    }

    void begin() {
        context.runOnContext(turn -> schedule());
    }

    void end() {
        ended = true;
        context.owner().cancelTimer(timer);
    }

    private void schedule() {
        if (!ended) {
            timer = context.owner().setTimer(settings.interval().toMillis(), due -> run());
        }
    }

    private void run() {
        Future.join(List.of(summaries.get(), claim(), trim(), sign()))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("failure", failure.getMessage())
                        .log("audit: not tidied, tried again"))
                .onComplete(done -> schedule());
    }

    private Future<Void> claim() {
        return store.unfinished(time.instant().minus(settings.longestAct()))
                .compose(acts -> Future.join(acts.entrySet().stream()
                                .limit(AuditStore.MOST_LINES)
                                .map(this::claim)
                                .toList())
                        .mapEmpty());
    }

    private Future<Void> claim(Map.Entry<String, Announced> act) {
        return writer.claim(
                act.getValue().facts() + ',' + EntryText.result(LEFT_BEHIND, Optional.empty()), act.getKey());
    }

    /** Until nothing is too old or too much: entries may be added as fast as a connection takes them. */
    private Future<Void> trim() {
        Promise<Void> done = Promise.promise();
        trim(MOST_TRIMS, done);
        return done.future();
    }

    private void trim(int left, Promise<Void> done) {
        store.trim(settings.retention(), settings.mostBytes())
                .onComplete(
                        more -> {
                            if (more && left > 1 && !ended) {
                                context.runOnContext(turn -> trim(left - 1, done));
                            } else {
                                done.complete();
                            }
                        },
                        done::fail);
    }

    private Future<Void> sign() {
        Link end = writer.last();
        if (settings.signer().isEmpty() || end.equals(signed)) {
            return Future.succeededFuture();
        }
        String chain = writer.chain();
        String claims = "{\"chain\":\"" + chain + "\",\"number\":" + end.number() + ",\"hash\":\"" + end.hash()
                + "\",\"iat\":" + time.instant().getEpochSecond() + '}';
        return settings.signer()
                .get()
                .apply(claims.getBytes(StandardCharsets.UTF_8))
                .compose(signature -> store.sign(chain, signature))
                .onSuccess(done -> signed = end);
    }
}
