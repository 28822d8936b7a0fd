package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Sha256;
import io.revoker.domain.Target;
import io.revoker.domain.store.AnswerStore.Reserve;
import io.revoker.domain.store.AnswerStore.Reserved;
import io.revoker.domain.store.AnswerStore.Settle;
import io.revoker.domain.store.AnswerStore.State;
import io.revoker.http.RevocationPriority;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Carries out a notice of an issuer about a user, once: a notice that is sent again, by anyone, revokes nothing that
 * was issued since. Its id is kept, for all instances, where the keys of requests are reserved. If it fails, the issuer
 * can send it again; if its instance has died, after a short time.
 */
public record NoticedRevocations(RevokerBus bus, RevocationPriority priority, InstantSource time) {
    /** The store bounds the keys of each caller; a realm is as many callers as this. */
    private static final int PARTS = 64;

    private static final Answers<String> DONE = new Answers<>(Function.identity(), Function.identity());

    /**
     * What is to be done, and how long it is remembered.
     *
     * @param realm of the issuer
     * @param jti the id that the issuer gave it
     * @param ended what is revoked, all of it; of the realm
     * @param until from when the notice is not accepted any more
     */
    public record Notice(RealmId realm, String jti, List<? extends Target> ended, Instant until) {
        private Spent spent() {
            return new Spent(realm, jti, "", until);
        }
    }

    /**
     * The id of a notice, which is good for one only.
     *
     * @param realm of the issuer
     * @param jti the id that the issuer gave it
     * @param request what came beside it: its id is good for no other one
     * @param until from when it is not accepted any more
     */
    record Spent(RealmId realm, String jti, String request, Instant until) {
        /** Its end must be near, or an issuer could not repeat a notice whose instance has died. */
        private Reserve reserve() {
            return Reserve.shortly(kept("notices"), jti, request);
        }

        /** For as long as the id is good, whatever becomes of the request. It needs an end, so a key, of its own. */
        private Reserve bind(Instant now) {
            Duration left = Duration.between(now, until).plusSeconds(1);
            return new Reserve(kept("requests"), jti, request, left);
        }

        /** No id of a client has a colon: so these are not the keys of one. */
        private String kept(String what) {
            int part = Math.floorMod(Sha256.of(jti).getInt(), PARTS);
            return what + ":" + part + ":" + realm.key();
        }
    }

    /** How answers are kept for those who send a notice again. */
    record Answers<T>(Function<T, String> write, Function<String, T> read) {}

    /** The issuer of a realm, who may revoke what is of the realm. */
    public static Caller issuer(RealmId realm) {
        return new Caller("issuer of " + realm, Set.of(Privilege.INVALIDATE), RealmScope.only(Set.of(realm)));
    }

    /**
     * Revokes what has ended, unless the notice was carried out before. The mark is enough: from then on the tokens are
     * dead, whatever its sweep meets. Fails with a {@link Problem}; then the notice may be sent again.
     */
    public Future<Void> carryOut(Notice notice, Caller caller, RevocationLogLine logLine) {
        return once(
                        notice.spent(),
                        DONE,
                        latest -> Future.join(notice.ended().stream()
                                        .map(target -> revoke(target, caller, latest, logLine))
                                        .toList())
                                .map("done"))
                .mapEmpty();
    }

    /**
     * Does what a notice asks for, unless one with its id was there before: then its answer is given again.
     *
     * @param act gets the time after which it must not take effect. If it fails, the notice may be sent again
     */
    <T> Future<T> once(Spent spent, Answers<T> answers, Function<Optional<Instant>, Future<T>> act) {
        Reserve reserve = spent.reserve();
        return bound(spent)
                .compose(bound -> bound.state() == State.OTHER_REQUEST
                        ? Future.succeededFuture(bound)
                        : bus.reserveAnswer(reserve))
                .recover(NoticedRevocations::notReserved)
                .compose(reserved -> switch (reserved.state()) {
                    case NEW ->
                        act.apply(reserved.notAfter())
                                .transform(done -> settle(reserve, kept(done, answers), spent.until(), done));
                    case UNDER_WAY ->
                        Future.failedFuture(
                                Problem.unavailable("jti: its notice is under way (expected: a later repetition)"));
                    case ANSWERED ->
                        Future.succeededFuture(
                                answers.read().apply(reserved.answer().orElseThrow()));
                    case OTHER_REQUEST ->
                        Future.failedFuture(
                                Problem.forbidden("jti: used for another request (expected: another one each time)"));
                });
    }

    /** An id is free again after a failure; who has read it then must not use it for something else. */
    private Future<Reserved> bound(Spent spent) {
        return spent.request().isEmpty()
                ? Future.succeededFuture(new Reserved(State.NEW, Optional.empty()))
                : bus.reserveAnswer(spent.bind(time.instant()));
    }

    private static Future<Reserved> notReserved(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.kind() == Problem.Kind.OVERLOADED
                        ? Problem.overloaded(
                                "jti: too many of this realm are kept (expected: fewer; nothing was revoked)")
                        : failure);
    }

    /**
     * Revokes at once.
     *
     * @param latest after which it must not take effect
     */
    Future<Report> revoke(Target ended, Caller caller, Optional<Instant> latest, RevocationLogLine logLine) {
        Revoke revoke =
                new Revoke(ended, caller.realms(), Revoke.Until.MARKED, Optional.of(caller.id())).before(latest);
        return logLine.of(caller, revoke, asked -> priority.take(() -> bus.revoke(asked)));
    }

    private static <T> Optional<String> kept(AsyncResult<T> done, Answers<T> answers) {
        return done.succeeded() ? Optional.of(answers.write().apply(done.result())) : Optional.empty();
    }

    /** The act is done, or has failed, whether that can be kept or not. */
    private <T> Future<T> settle(Reserve reserve, Optional<String> answer, Instant until, AsyncResult<T> done) {
        return bus.settleAnswer(new Settle(reserve, answer, Duration.between(time.instant(), until)))
                .transform(kept ->
                        done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause()));
    }
}
