package io.revoker.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.Selector;
import io.revoker.domain.Target;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.EventNotice.Told;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.jwt.compact.Members;
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

    /** After it the user has none of the sessions any more that had begun, whatever session it names. */
    private static final String ENDS_USERS = RISC + "sessions-revoked";

    /** After any of them the user may have no session any more, not even one that has begun since. */
    private static final List<String> ENDS_ACCOUNTS = List.of(RISC + "account-disabled", RISC + "account-purged");

    /** After it the sessions have ended that it names. */
    private static final String ENDS_SESSIONS = CAEP + "session-revoked";

    /** How long one is carried out, and remembered: these tokens do not expire. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Times are often in whole seconds. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Fails with a {@link Problem} if they do not hold. The audience was verified before. */
    EventNotice verify(Members claims) {
        ClaimRules usual = new ClaimRules(realm, now, Purpose.CHECK);
        Instant issuedAt = usual.issue(claims);
        Instant until = issuedAt.plus(LONGEST);
        if (!now.isBefore(until)) {
            throw Problem.invalid("iat: too long ago (expected: at most 1 day)");
        }
        return new EventNotice(
                realm.id(),
                ended(claims, issuedAt),
                ClaimRules.jti(claims),
                until.plus(realm.rules().skew()));
    }

    /** Events of other types and of other tenants are ignored. */
    private Told ended(Members claims, Instant issuedAt) {
        Members events = events(claims);
        return ENDS_ACCOUNTS.stream()
                .flatMap(type -> events.members(type).stream())
                .findFirst()
                .map(event -> told(subject(claims, event).user()))
                .or(() -> events.members(ENDS_USERS)
                        .map(event ->
                                told(subject(claims, event).user().map(all -> begun(all, claims, event, issuedAt)))))
                .or(() -> events.members(ENDS_SESSIONS)
                        .map(event -> told(
                                subject(claims, event).sessions().map(some -> begun(some, claims, event, issuedAt)))))
                .orElse(Told.Nothing.OTHER_TYPE);
    }

    /** What there is, unless it is of another tenant. */
    private Told told(Optional<List<Target>> ended) {
        return ended.<Told>map(Told.Ended::new)
                .orElse(realm.accepted().tenants().isEmpty() ? Told.Nothing.UNKNOWN_TENANT : Told.Nothing.OTHER_TENANT);
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
    private EventSubject subject(Members claims, Members event) {
        return claims.members("sub_id")
                .or(() -> event.members("subject"))
                .map(subject -> new EventSubject(realm, subject))
                .orElseThrow(() -> ClaimRules.missing("sub_id"));
    }

    /**
     * What has begun since the event has not ended, however late the event comes: {@code event_timestamp} of CAEP 1.0,
     * or {@code toe} of RFC 8417, section 2.2, is its time; it is not later than {@code iat}. A session never begins
     * again, so one that is named ends as a whole.
     */
    private List<Target> begun(List<Target> ended, Members claims, Members event, Instant issuedAt) {
        Instant time = time("event_timestamp", event)
                .or(() -> time("toe", claims))
                .filter(happened -> happened.isBefore(issuedAt))
                .orElse(issuedAt);
        return ended.stream().map(each -> begun(each, time)).toList();
    }

    /** The same of what has happened at that time. */
    Target begun(Target ended, Instant time) {
        Instant latest = time.plus(SECOND).plus(realm.rules().skew());
        return isSession(ended) || !latest.isBefore(now) ? ended : new Target.IssuedBefore(ended, latest);
    }

    private static boolean isSession(Target ended) {
        return ended instanceof Target.Selected some && some.selector().by() == Selector.By.SESSION;
    }

    /** One that can't be a time, such as milliseconds of earlier drafts, counts as absent. */
    private static Optional<Instant> time(String name, Members members) {
        try {
            return members.time(name);
        } catch (Problem unfit) {
            return Optional.empty();
        }
    }
}
