package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.SubjectId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Revokes all tokens of a user whom another system names: in the realm of the issuer that is named with the user; or,
 * if none is, in every realm that the caller may act in. The marks are enough: from then on the tokens are dead,
 * whatever their sweeps meet.
 *
 * @param bus takes the revocations
 */
public record UserRevocations(NoticeVerifier notices, JwtVerifier jwts, Function<Revoke, Future<Report>> bus) {
    /** They are revoked at the same time. */
    private static final int MOST_REALMS = 16;

    /** Whether there is such a user. */
    public enum Found {
        REVOKED,
        /** No user of that name has tokens, as far as can be known. */
        NO_SUCH_USER
    }

    /** Fails with a {@link Problem}. A user in a realm that the caller may not act in is not found. */
    public Future<Found> revoke(SubjectId subject, Caller caller, RevocationLogLine logLine) {
        List<? extends Target> targets = targets(subject, caller).toList();
        List<Future<Report>> asked = targets.stream()
                .map(target -> logLine.of(
                        caller,
                        new Revoke(target, caller.realms(), Revoke.Until.MARKED, Optional.of(caller.id())),
                        bus))
                .toList();
        return Future.join(asked)
                .map(done -> found(asked.stream().map(Future::result).toList(), targets));
    }

    private Stream<? extends Target> targets(SubjectId subject, Caller caller) {
        if (subject instanceof SubjectId.OfIssuer ofIssuer) {
            return notices.user(ofIssuer).filter(user -> caller.realms().covers(user.realm())).stream()
                    .map(Target.OfUserInRealm::new);
        }
        UserName user = new UserName(((SubjectId.Named) subject).user());
        return caller.realms()
                .only()
                .map(realms -> bounded(realms).map(realm -> new UserInRealm(realm, user)))
                .<Stream<? extends Target>>map(users -> users.map(Target.OfUserInRealm::new))
                .orElseGet(() -> Stream.of(new Target.OfUser(user)));
    }

    private static Stream<RealmId> bounded(Set<RealmId> realms) {
        if (realms.size() > MOST_REALMS) {
            throw Problem.invalid("sub_id: without an issuer, for a client of " + realms.size()
                    + " realms (expected: at most " + MOST_REALMS + ", or iss_sub)");
        }
        return realms.stream();
    }

    private Found found(List<Report> reports, List<? extends Target> targets) {
        return reports.stream().allMatch(Report::ofNobody)
                        && targets.stream().noneMatch(new ReportHeaders(jwts)::mayHaveUncounted)
                ? Found.NO_SUCH_USER
                : Found.REVOKED;
    }
}
