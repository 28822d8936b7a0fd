package io.revoker.http.single;

import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Report;
import io.revoker.domain.Sha256;
import io.revoker.domain.Target;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.RevocationRequest;
import io.revoker.domain.jwt.SubjectId;
import io.revoker.http.single.NoticedRevocations.Answers;
import io.revoker.http.single.NoticedRevocations.Spent;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Revokes all tokens of a user whom another system names: in the realm of the issuer that is named with the user; or,
 * if none is, in every realm that the caller may act in. The marks are enough: from then on the tokens are dead,
 * whatever their sweeps meet.
 *
 * @param noticed revokes, and does once what an issuer has signed
 */
public record UserRevocations(NoticeVerifier notices, JwtVerifier jwts, NoticedRevocations noticed) {
    /** They are revoked at the same time. */
    private static final int MOST_REALMS = 16;

    private static final Answers<Found> ANSWERS = new Answers<>(Found::name, Found::valueOf);

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
        return revoke(subject, meant(subject, caller), caller, Optional.empty(), logLine);
    }

    /**
     * The same once, for an issuer that has signed its request. It names its own users only. Its JWT is good for one
     * body, whatever that asks for.
     *
     * @param asked whom the body names; failed if nobody
     * @param caller the issuer
     */
    public Future<Found> revoke(
            Future<SubjectId> asked, byte[] body, RevocationRequest signed, Caller caller, RevocationLogLine logLine) {
        Future<Meant> named = asked.map(subject -> meant(subject, signed.realm()));
        return noticed.once(
                        new Spent(signed.realm(), "request:" + signed.jti(), hash(body), signed.expiresAt()),
                        ANSWERS,
                        latest -> named.succeeded()
                                ? revoke(asked.result(), named.result(), caller, latest, logLine)
                                : Future.succeededFuture(Found.UNCLEAR))
                .compose(found -> named.map(meant -> found));
    }

    private Future<Found> revoke(
            SubjectId subject, Meant meant, Caller caller, Optional<Instant> latest, RevocationLogLine logLine) {
        if (meant.found() != Found.REVOKED) {
            return Future.succeededFuture(meant.found());
        }
        List<Future<Report>> asked = meant.targets().stream()
                .map(target -> noticed.revoke(target, caller, latest, logLine))
                .toList();
        return Future.join(asked)
                .map(done -> found(subject, asked.stream().map(Future::result).toList(), meant.targets()));
    }

    private static String hash(byte[] body) {
        ByteBuffer hash = Sha256.of(body);
        return HexFormat.of().toHexDigits(hash.getLong()) + HexFormat.of().toHexDigits(hash.getLong());
    }

    /** Whom the issuer of a realm means. */
    private Meant meant(SubjectId subject, RealmId realm) {
        return subject instanceof SubjectId.OfIssuer named
                        && !notices.realm(named.issuer()).equals(Optional.of(realm))
                ? new Meant(Found.NO_SUCH_USER)
                : users(subject, Stream.of(realm));
    }

    private Meant meant(SubjectId subject, Caller caller) {
        if (subject instanceof SubjectId.OfIssuer ofIssuer) {
            Optional<RealmId> realm = notices.realm(ofIssuer.issuer()).filter(caller.realms()::covers);
            return realm.map(known -> meant(subject, known)).orElseGet(() -> new Meant(Found.NO_SUCH_USER));
        }
        return caller.realms()
                .only()
                .map(realms -> meant(subject, realms))
                .orElseGet(() -> new Meant(
                        Found.REVOKED,
                        subject.spellings().stream()
                                .map(named -> new Target.OfUser(new UserName(named.name())))
                                .toList()));
    }

    /** Realms that have their users from another claim are left out. */
    private Meant meant(SubjectId subject, Set<RealmId> realms) {
        return realms.isEmpty() ? new Meant(Found.REVOKED) : users(subject, bounded(realms));
    }

    private Meant users(SubjectId subject, Stream<RealmId> realms) {
        List<Target.OfUserInRealm> targets = realms.flatMap(
                        realm -> subject.spellings().stream().flatMap(named -> notices.user(realm, named).stream()))
                .map(Target.OfUserInRealm::new)
                .toList();
        return targets.isEmpty() ? new Meant(Found.UNCLEAR) : new Meant(Found.REVOKED, targets);
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
