package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Sha256;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.RevocationRequest;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.http.single.NoticedRevocations.Notice;
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
 * @param noticed carries out what an issuer has signed
 * @param bus takes the revocations
 */
public record UserRevocations(
        NoticeVerifier notices, JwtVerifier jwts, NoticedRevocations noticed, Function<Revoke, Future<Report>> bus) {
    /** They are revoked at the same time. */
    private static final int MOST_REALMS = 16;

    /** Whether there is such a user. */
    public enum Found {
        REVOKED,
        /** No user of that name has tokens, as far as can be known. */
        NO_SUCH_USER,
        /** The realm takes its users from another claim than that by which the user is named. */
        UNCLEAR
    }

    /** Whom a subject means. */
    private record Meant(Found found, List<? extends Target> targets) {
        private Meant(Found found) {
            this(found, List.of());
        }
    }

    /** Fails with a {@link Problem}. A user in a realm that the caller may not act in is not found. */
    public Future<Found> revoke(SubjectId subject, Caller caller, RevocationLogLine logLine) {
        Meant meant = meant(subject, caller);
        if (meant.found() != Found.REVOKED) {
            return Future.succeededFuture(meant.found());
        }
        List<Future<Report>> asked = meant.targets().stream()
                .map(target -> logLine.of(
                        caller,
                        new Revoke(target, caller.realms(), Revoke.Until.MARKED, Optional.of(caller.id())),
                        bus))
                .toList();
        return Future.join(asked)
                .map(done -> found(subject, asked.stream().map(Future::result).toList(), meant.targets()));
    }

    /**
     * The same once, for an issuer that has signed its request. It names its own users only.
     *
     * @param caller the issuer
     */
    public Future<Found> revoke(SubjectId subject, RevocationRequest signed, Caller caller, RevocationLogLine logLine) {
        if (subject instanceof SubjectId.OfIssuer named
                && !notices.realm(named.issuer()).equals(Optional.of(signed.realm()))) {
            return Future.succeededFuture(Found.NO_SUCH_USER);
        }
        return notices.user(signed.realm(), subject)
                .map(user -> noticed.carryOut(notice(signed, user), caller, logLine)
                        .map(done -> done.map(report ->
                                        found(subject, List.of(report), List.of(new Target.OfUserInRealm(user))))
                                .orElse(Found.REVOKED)))
                .orElseGet(() -> Future.succeededFuture(Found.UNCLEAR));
    }

    private static Notice notice(RevocationRequest signed, UserInRealm user) {
        return new Notice(
                signed.realm(),
                "request:" + signed.jti(),
                Long.toHexString(Sha256.of(user.user().value()).getLong()),
                new Target.OfUserInRealm(user),
                signed.expiresAt());
    }

    private Meant meant(SubjectId subject, Caller caller) {
        if (subject instanceof SubjectId.OfIssuer ofIssuer) {
            Optional<RealmId> realm = notices.realm(ofIssuer.issuer()).filter(caller.realms()::covers);
            return realm.map(known -> notices.user(known, subject)
                            .map(user -> new Meant(Found.REVOKED, List.of(new Target.OfUserInRealm(user))))
                            .orElseGet(() -> new Meant(Found.UNCLEAR)))
                    .orElseGet(() -> new Meant(Found.NO_SUCH_USER));
        }
        return caller.realms()
                .only()
                .map(realms -> meant(subject, realms))
                .orElseGet(() -> new Meant(Found.REVOKED, List.of(new Target.OfUser(new UserName(subject.name())))));
    }

    /** Realms that have their users from another claim are left out. */
    private Meant meant(SubjectId subject, Set<RealmId> realms) {
        List<Target.OfUserInRealm> targets = bounded(realms)
                .flatMap(realm -> notices.user(realm, subject).stream())
                .map(Target.OfUserInRealm::new)
                .toList();
        return targets.isEmpty() && !realms.isEmpty() ? new Meant(Found.UNCLEAR) : new Meant(Found.REVOKED, targets);
    }

    private static Stream<RealmId> bounded(Set<RealmId> realms) {
        if (realms.size() > MOST_REALMS) {
            throw Problem.invalid("sub_id: without an issuer, for a client of " + realms.size()
                    + " realms (expected: at most " + MOST_REALMS + ", or iss_sub)");
        }
        return realms.stream();
    }

    private Found found(SubjectId subject, List<Report> reports, List<? extends Target> targets) {
        boolean mayBeUncounted = notices.mayNameUnregistered(subject)
                && targets.stream().anyMatch(new ReportHeaders(jwts)::mayHaveUncounted);
        return reports.stream().allMatch(Report::ofNobody) && !mayBeUncounted ? Found.NO_SUCH_USER : Found.REVOKED;
    }
}
