package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is demanded of the claims of a security event token (RFC 8417, section 2.2; Shared Signals Framework 1.0,
 * section 4.1), at one time.
 */
record EventRules(Realm realm, Instant now) {
    private static final String CAEP = "https://schemas.openid.net/secevent/caep/event-type/";
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";

    /** After any of them the user has no session any more. */
    private static final List<String> ENDS = List.of(
            CAEP + "session-revoked", RISC + "sessions-revoked", RISC + "account-disabled", RISC + "account-purged");

    /** How long one is carried out, and remembered: these tokens do not expire. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Fails with a {@link Problem} if they do not hold. */
    EventNotice verify(Members claims) {
        ClaimRules usual = new ClaimRules(realm, now, Purpose.CHECK);
        ClaimRules.requireAudience(realm.eventsAudience(), claims);
        Instant issuedAt = usual.issue(claims);
        Instant until = issuedAt.plus(LONGEST);
        if (!now.isBefore(until)) {
            throw Problem.invalid("iat: too long ago (expected: at most 1 day)");
        }
        return new EventNotice(
                realm.id(),
                ended(claims),
                LogoutRules.jti(claims),
                until.plus(realm.rules().skew()));
    }

    /** Events of other types are none of our business. */
    private Optional<UserInRealm> ended(Members claims) {
        Members events = claims.members("events").orElseThrow(() -> ClaimRules.missing("events"));
        return ENDS.stream()
                .flatMap(type -> events.members(type).stream())
                .findFirst()
                .map(event -> user(subject(claims, event)));
    }

    /** Events of earlier drafts have their subject in the event itself. Of a complex one, the user is meant. */
    private static Members subject(Members claims, Members event) {
        Members subject = claims.members("sub_id")
                .or(() -> event.members("subject"))
                .orElseThrow(() -> ClaimRules.missing("sub_id"));
        return subject.text("format").equals(Optional.of("complex"))
                ? subject.members("user")
                        .orElseThrow(() -> Problem.invalid("sub_id: complex, without user (expected: the user)"))
                : subject;
    }

    /** An issuer tells of its own users only. */
    private UserInRealm user(Members subject) {
        SubjectId named = SubjectId.read(subject::text);
        String claim = realm.rules().usernameClaim();
        if (named instanceof SubjectId.OfIssuer theirs) {
            requireThat(theirs.issuer().equals(realm.issuer()), "iss: another one (expected: that of the token)");
            requireThat(
                    claim.equals("sub"), "format: iss_sub (expected: email, or opaque; users are by " + claim + ")");
            return new UserInRealm(realm.id(), new UserName(theirs.subject()));
        }
        boolean mail = subject.text("format").equals(Optional.of("email"));
        requireThat(
                !mail || claim.equals("email"), "format: email (expected: another one; users are by " + claim + ")");
        return new UserInRealm(realm.id(), new UserName(((SubjectId.Named) named).user()));
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw Problem.invalid("sub_id: " + otherwise);
        }
    }
}
