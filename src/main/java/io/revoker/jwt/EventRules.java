package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
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

    /** After any of them the user has no session any more, whatever session it names. */
    private static final List<String> ENDS_USERS =
            List.of(RISC + "sessions-revoked", RISC + "account-disabled", RISC + "account-purged");

    /** After it the session that it names has ended, or all sessions of the user. */
    private static final String ENDS_SESSION = CAEP + "session-revoked";

    /** No id of a session: what Keycloak sends when an administrator has logged a user out of all of them. */
    private static final String ALL_SESSIONS = "ALL";

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
    private Optional<Target> ended(Members claims) {
        Members events = events(claims);
        Optional<Target> users = ENDS_USERS.stream()
                .flatMap(type -> events.members(type).stream())
                .findFirst()
                .map(event -> whole(userOf(subject(claims, event))
                        .orElseThrow(() -> Problem.invalid("sub_id: complex, without user (expected: the user)"))));
        return users.or(() -> events.members(ENDS_SESSION).map(event -> sessions(subject(claims, event))));
    }

    /** At least one, and each of them an object (RFC 8417, section 2.2). */
    private static Members events(Members claims) {
        Members events = claims.members("events").orElseThrow(() -> ClaimRules.missing("events"));
        if (events.object().isEmpty() || !events.object().valueStream().allMatch(JsonNode::isObject)) {
            throw Problem.invalid("events: none, or one that is no object (expected: at least one, each an object)");
        }
        return events;
    }

    /** Events of earlier drafts have their subject in the event itself. */
    private static Members subject(Members claims, Members event) {
        return claims.members("sub_id")
                .or(() -> event.members("subject"))
                .orElseThrow(() -> ClaimRules.missing("sub_id"));
    }

    /** Of a complex subject its user, if it has one. */
    private static Optional<Members> userOf(Members subject) {
        return isComplex(subject) ? subject.members("user") : Optional.of(subject);
    }

    /** A session that is named in another way than by its id can't be distinguished from the others of its user. */
    private Target sessions(Members subject) {
        Optional<Selector> session = Optional.of(subject)
                .filter(EventRules::isComplex)
                .flatMap(complex -> complex.members("session"))
                .filter(named -> named.text("format").equals(Optional.of("opaque")))
                .flatMap(named -> named.text("id"))
                .filter(id -> !id.equals(ALL_SESSIONS))
                .map(id -> Selector.requested(Selector.By.SESSION, id));
        Target all = userOf(subject)
                .map(this::whole)
                .or(() -> session.map(any -> new Target.OfRealm(realm.id())))
                .orElseThrow(() -> Problem.invalid(
                        "sub_id: complex, without user and session (expected: the user, or the id of a session)"));
        return session.<Target>map(some -> new Target.Selected(all, some)).orElse(all);
    }

    private static boolean isComplex(Members subject) {
        return subject.text("format").equals(Optional.of("complex"));
    }

    private Target whole(Members named) {
        return new Target.OfUserInRealm(user(named));
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
