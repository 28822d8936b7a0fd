package io.revoker.audit;

import io.revoker.audit.chain.ChainedLine;
import io.revoker.domain.audit.AuditRequests.Link;
import io.revoker.domain.audit.AuditStore;
import io.revoker.domain.audit.AuditStore.Announced;
import io.revoker.domain.audit.AuditStore.Done;
import io.revoker.domain.audit.Result;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is done again and again: ends the counting of equal acts, makes the entries of acts whose instance has ended,
 * removes old entries, and signs the ends of the chains. None of it waits for another.
 */
final class Upkeep {
    private static final Result LEFT_BEHIND = Result.of(
            Result.State.UNKNOWN,
            "it was announced, and its end was not written: its instance has ended, or it was not begun");

    /** How much later than its own instance another one tells the end of an act. */
    private static final Duration LATER = Duration.ofSeconds(5);

    private final AuditStore store;
    private final TrailSettings settings;
    private final InstantSource time;
    private final ChainWriter acts;
    private final List<ChainWriter> all;
    private final Trimming trimming;
    private final List<Repeated> repeated;
    private final Map<ChainWriter, Link> signed = new HashMap<>();

    /**
     * Creates it.
     *
     * @param acts writes what was left behind, too
     * @param counted ends the counting
     */
    Upkeep(
            Context context,
            AuditStore store,
            TrailSettings settings,
            InstantSource time,
            ChainWriter acts,
            ChainWriter counts,
            Supplier<Future<Void>> counted) {
        this.store = store;
        this.settings = settings;
        this.time = time;
        this.acts = acts;
        this.all = List.of(acts, counts);
        this.trimming = new Trimming(context, store, settings);
        this.repeated = List.of(
                new Repeated(context, settings.interval(), counted),
                new Repeated(context, settings.pause(), this::claim),
                new Repeated(context, settings.pause(), this::sign));
    }

    void begin() {
        repeated.forEach(Repeated::begin);
        trimming.begin();
    }

    void end() {
        repeated.forEach(Repeated::end);
        trimming.end();
    }

    private Future<Void> claim() {
        return store.unfinished(time.instant().minus(LATER)).compose(this::claim);
    }

    /** Makes the entries of some acts, unless they have them by now. */
    Future<Void> claim(Map<String, Announced> found) {
        return Future.join(found.entrySet().stream()
                        .limit(AuditStore.MOST_LINES)
                        .map(this::claim)
                        .toList())
                .mapEmpty();
    }

    private Future<Void> claim(Map.Entry<String, Announced> act) {
        Result result = act.getValue().done().map(Upkeep::result).orElse(LEFT_BEHIND);
        return acts.write(QueuedEntry.leftBehind(
                act.getValue().facts() + ',' + EntryText.result(result, Optional.empty()), act.getKey()));
    }

    private static Result result(Done done) {
        return new Result(
                Result.State.DONE,
                done.stamp(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(done.tally()),
                List.of(),
                "");
    }

    /** What was added to the chains since the last time. */
    Future<Void> sign() {
        return settings.signer().isEmpty()
                ? Future.succeededFuture()
                : Future.join(all.stream().map(this::sign).toList()).mapEmpty();
    }

    private Future<Void> sign(ChainWriter writer) {
        ChainedLine.End end = writer.newest();
        if (end.link().equals(Link.NONE) || end.link().equals(signed.get(writer))) {
            return Future.succeededFuture();
        }
        String claims = '{' + end.members() + ",\"iat\":" + time.instant().getEpochSecond() + '}';
        return settings.signer()
                .get()
                .apply(claims.getBytes(StandardCharsets.UTF_8))
                .compose(signature -> store.sign(end.chain(), signature))
                .onSuccess(done -> signed.put(writer, end.link()));
    }
}
