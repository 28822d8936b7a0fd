package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Choice;
import io.revoker.http.ProblemDetails;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes a line to the log for each revocation that was asked for, with its caller and its counts.
 *
 * @param log of the route
 */
public record RevocationLogLine(Logger log) {

    /** Carries out a revocation. If it fails, the message says what was done before. */
    public Future<Report> of(Caller caller, Revoke revoke, Function<Revoke, Future<Report>> revoker) {
        return told(
                caller,
                revoke,
                revoker.apply(revoke.from(caller.origin())).onSuccess(report -> write(caller, revoke, report)));
    }

    /** The same for a token that may be of another kind: there is no line if it is not found. */
    public Future<Report> ofSearched(Caller caller, Revoke revoke, Function<Revoke, Future<Report>> revoker) {
        return told(caller, revoke, revoker.apply(revoke.from(caller.origin())).onSuccess(report -> {
            if (report.outcome() != Report.Outcome.NOT_FOUND) {
                write(caller, revoke, report);
            }
        }));
    }

    private Future<Report> told(Caller caller, Revoke revoke, Future<Report> done) {
        return done.onFailure(failure -> write(caller, revoke, failure))
                .recover(failure -> Future.failedFuture(ProblemDetails.withWhatWasDone(failure)));
    }

    private void write(Caller caller, Revoke revoke, Report report) {
        LoggingEventBuilder line = line(log.atInfo(), caller, revoke)
                .addKeyValue("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .addKeyValue("stamp", report.stamp().micros())
                .addKeyValue("invalidated", report.tally().invalidated())
                .addKeyValue("previously_invalidated", report.tally().previouslyInvalidated())
                .addKeyValue("errors", report.errorCount());
        ofRealm(line, realm(revoke, report.holder())).log("revocation");
    }

    /** The revocation may be in force all the same, so its caller must be logged. */
    private void write(Caller caller, Revoke revoke, Throwable failure) {
        Problem.Kind outcome = failure instanceof Problem problem ? problem.kind() : Problem.Kind.INTERNAL;
        LoggingEventBuilder line = line(log.atWarn(), caller, revoke)
                .addKeyValue("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .addKeyValue("failure", ProblemDetails.of(failure).detail());
        ofRealm(line, realm(revoke, Optional.empty())).log("revocation");
    }

    private static LoggingEventBuilder ofRealm(LoggingEventBuilder line, Optional<String> realm) {
        return realm.map(name -> line.addKeyValue("realm", name)).orElse(line);
    }

    private static Optional<String> realm(Revoke revoke, Optional<UserInRealm> holder) {
        return revoke.target()
                .match(
                        one -> one instanceof Target.OneJwt jwt
                                ? Optional.of(jwt.realm())
                                : holder.map(UserInRealm::realm),
                        realm -> Optional.of(realm.realm()),
                        user -> Optional.<RealmId>empty(),
                        user -> Optional.of(user.holder().realm()),
                        all -> Optional.<RealmId>empty())
                .map(RealmId::value);
    }

    private static LoggingEventBuilder line(LoggingEventBuilder line, Caller caller, Revoke revoke) {
        Target target = revoke.target();
        LoggingEventBuilder named = line.addKeyValue("caller", caller.id())
                .addKeyValue(
                        "target",
                        target instanceof Target.IssuedBefore some ? some.base().label() : target.label());
        LoggingEventBuilder begun = Choice.of(target)
                .issuedBefore()
                .map(instant -> named.addKeyValue("issued_before", instant))
                .orElse(named);
        LoggingEventBuilder locking = revoke.lockUntil()
                .map(until -> begun.addKeyValue("locked_until", until))
                .orElse(begun);
        return revoke.reason()
                .map(reason -> locking.addKeyValue("reason", reason.code().wireName())
                        .addKeyValue("reason_text", reason.text()))
                .orElse(locking);
    }
}
