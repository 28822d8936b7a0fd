package io.revoker.http.revocations;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Act;
import io.revoker.domain.audit.AuditRequests.Note;
import io.revoker.domain.audit.AuditRequests.Noted;
import io.revoker.domain.audit.Result;
import io.revoker.domain.store.LockStore.Found;
import io.revoker.domain.store.LockStore.Lock;
import io.revoker.http.single.ReportHeaders;
import io.revoker.http.single.RevocationLogLine;
import io.revoker.http.single.TokenRevocations;
import io.revoker.http.single.TokenSearch;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Carries out the revocations of documents: counts first if the document demands it. */
final class DocumentWork {
    private static final RevocationLogLine LOG_LINE =
            new RevocationLogLine(LoggerFactory.getLogger(DocumentWork.class));

    private final TokenRevocations tokens;
    private final BiFunction<Revoke, Long, Future<Report>> counts;
    private final Function<RealmScope, Future<Found>> locks;
    private final Function<Note, Future<Noted>> notes;
    private final ReportHeaders headers;

    /**
     * Creates it for one event loop.
     *
     * @param counts what a revocation would report, up to so many tokens and no further
     * @param locks finds the locks of some realms
     * @param notes keeps what was refused in the audit trail
     */
    DocumentWork(
            TokenRevocations tokens,
            BiFunction<Revoke, Long, Future<Report>> counts,
            Function<RealmScope, Future<Found>> locks,
            Function<Note, Future<Noted>> notes) {
        this.notes = notes;
        this.locks = locks;
        this.tokens = tokens;
        this.counts = counts;
        this.headers = new ReportHeaders(tokens.jwts());
    }

    /**
     * @param revoke its target is the first that the document names
     * @param latest when the revocation may take effect, asked just before it is carried out
     */
    Future<RevocationAnswer> of(
            RevocationDocument document, Revoke revoke, Caller caller, Supplier<Optional<Instant>> latest) {
        return switch (document.mode()) {
            case DRY_RUN ->
                count(document, revoke, Long.MAX_VALUE)
                        .map(report -> RevocationAnswer.ofDryRun(report, headers.ofCount(revoke.target(), report)));
            case REVOKE ->
                document.most()
                        .map(most -> count(document, revoke, most)
                                .compose(found -> found.tally().invalidated() > most
                                        ? tooMany(revoke, caller, most)
                                        : revoke(document, revoke, caller, latest)))
                        .orElseGet(() -> revoke(document, revoke, caller, latest));
        };
    }

    /** Nothing was changed, so the answer does not depend on the entry. */
    private Future<RevocationAnswer> tooMany(Revoke revoke, Caller caller, long most) {
        String why = "target: more live tokens than expected_max: " + most + " (nothing was revoked)";
        Act act = new Act(
                revoke.lockUntil().isPresent() ? Act.Kind.LOCK : Act.Kind.REVOCATION,
                caller.origin(),
                Optional.of(revoke.target()),
                revoke.reason(),
                revoke.lockUntil(),
                "");
        return notes.apply(new Note(act, Result.of(Result.State.REFUSED, why)))
                .transform(noted -> Future.succeededFuture(RevocationAnswer.refusal(409, why)));
    }

    private Future<Report> count(RevocationDocument document, Revoke revoke, long most) {
        TokenRevocations counting =
                new TokenRevocations(asked -> counts.apply(asked, most), tokens.jwts(), tokens.retention());
        return first(
                document,
                target -> counting.revoke(revoke.of(target), document.named().token()));
    }

    private Future<RevocationAnswer> revoke(
            RevocationDocument document, Revoke revoke, Caller caller, Supplier<Optional<Instant>> latest) {
        Function<Revoke, Future<Report>> one = asked ->
                tokens.revoke(asked.before(latest.get()), document.named().token());
        Future<Report> done = document.named().targets().size() > 1
                ? first(document, target -> LOG_LINE.ofSearched(caller, revoke.of(target), one))
                : LOG_LINE.of(caller, revoke, one);
        return done.map(report -> RevocationAnswer.of(report, headers.of(revoke.target(), report)))
                .compose(answer -> revoke.lockUntil()
                        .map(until -> lock(revoke, until).map(answer::withLock))
                        .orElseGet(() -> Future.succeededFuture(answer)));
    }

    /** There may have been a lock that lasts longer. */
    private Future<Lock> lock(Revoke revoke, Instant until) {
        Lock asked = new Lock(revoke.target(), until, Stamp.NONE, "", Optional.empty());
        return locks.apply(revoke.scope())
                .map(found -> found.locks().stream()
                        .filter(lock -> lock.id().equals(asked.id()))
                        .findFirst()
                        .orElse(asked))
                .otherwise(asked);
    }

    private static Future<Report> first(RevocationDocument document, Function<Target, Future<Report>> work) {
        return TokenSearch.first(document.named().targets(), work);
    }
}
