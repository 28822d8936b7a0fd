package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.LogoutNotice;
import io.revoker.jwt.compact.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is demanded of the claims of a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6), at one time.
 */
record LogoutRules(Realm realm, Instant now) {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /**
     * How long one may be good, and is remembered; two minutes are usual (section 2.4). Has nothing to do with how long
     * access tokens live.
     */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Fails with a {@link Problem} if they do not hold. The audience was verified before. */
    LogoutNotice verify(Members claims) {
        ClaimRules usual = new ClaimRules(realm, now, Purpose.CHECK);
        Instant expiresAt = usual.expiry(claims);
        Instant issuedAt = usual.issue(claims, expiresAt, LONGEST);
        requireLogout(claims);
        Target ended = new EventRules(realm, now).begun(ended(claims, usual), issuedAt);
        return new LogoutNotice(realm.id(), ended, ClaimRules.jti(claims), expiresAt);
    }

    /** An ID token may have a nonce, and must not be taken for this. */
    private static void requireLogout(Members claims) {
        if (claims.members("events").flatMap(events -> events.members(EVENT)).isEmpty()) {
            throw Problem.invalid("events: without " + EVENT + " (expected: an object there)");
        }
        if (claims.has("nonce")) {
            throw Problem.invalid("nonce: present (expected: not in a logout token)");
        }
    }

    /** With a session, only that has ended (section 2.4); without one, all that had begun when it was issued. */
    private Target ended(Members claims, ClaimRules usual) {
        Optional<Selector> session = claims.text("sid").map(sid -> Selector.requested(Selector.By.SESSION, sid));
        Target whole = session.isPresent() && !claims.has(realm.rules().usernameClaim())
                ? new Target.OfRealm(realm.id())
                : new Target.OfUserInRealm(usual.user(claims));
        return session.<Target>map(some -> new Target.Selected(whole, some)).orElse(whole);
    }
}
