package io.revoker.http.single;

import io.revoker.domain.Durability;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.store.Choice;
import io.revoker.domain.store.Mark;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The facts about a revocation that are in headers of its answer: a wire format may define the body. */
public record ReportHeaders(JwtVerifier jwts) {

    /** Has the stamp of the revocation, if there was one. */
    public static final String STAMP = "Revoker-Stamp";

    /** None if nothing was found. */
    public Map<String, String> of(Target target, Report report) {
        Map<String, String> headers = new LinkedHashMap<>(ofCount(target, report));
        if (report.outcome() == Report.Outcome.NOT_FOUND) {
            return headers;
        }
        if (mayHaveUncounted(target)) {
            headers.put("Revoker-Effective-Not-Before", Long.toString(effective(target, report)));
        }
        headers.put(STAMP, report.stamp().toString());
        headers.put("Revoker-Durability", text(report.durability()));
        putJoined(headers, report);
        return headers;
    }

    private long effective(Target target, Report report) {
        long next = target instanceof Target.IssuedBefore some
                ? Mark.at(some.instant().minusNanos(1)).nextSecond()
                : report.stamp().nextSecond();
        return next + jwts.lead(RealmScope.of(target)).toSeconds();
    }

    /** Those that say what the counts of a report mean, also if nothing was revoked. */
    public Map<String, String> ofCount(Target target, Report report) {
        if (mayHaveUncounted(target) || isNamedById(target)) {
            return Map.of("Revoker-Uncounted", "jwt");
        }
        return report.ofNobody() ? Map.of("Revoker-Holder", "unknown") : Map.of();
    }

    /**
     * Whether a revocation also kills JWTs that were never registered: how many there are, and whose, is
     * unknown. They are access tokens. A JWT whose {@code iat} is a whole second may have been issued before the
     * revocation in that second, so it is dead, too.
     */
    boolean mayHaveUncounted(Target target) {
        return Choice.of(target).includes(TokenKind.ACCESS)
                && target.match(
                        one -> false,
                        realm -> jwts.trusts(realm.realm()),
                        user -> jwts.trustsAny(),
                        user -> jwts.trusts(user.holder().realm()),
                        all -> jwts.trustsAny());
    }

    /** Whether there is such a token is not known. */
    private static boolean isNamedById(Target target) {
        return target instanceof Target.OneJwt;
    }

    private static String text(Durability durability) {
        return "fsync=" + durability.fsync().name().toLowerCase(Locale.ROOT) + ", replicas=" + durability.replicas();
    }

    /** The counts include those of other sweeps, which other callers may have received too. */
    private static void putJoined(Map<String, String> headers, Report report) {
        if (!report.joined().isEmpty()) {
            headers.put(
                    "Revoker-Joined",
                    report.joined().stream().map(Stamp::toString).collect(Collectors.joining(", ")));
        }
        if (report.outcome() == Report.Outcome.JOINED) {
            headers.put("Revoker-Sweep", report.stamp().toString());
        }
    }
}
