package io.revoker.http.statuslists;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.statuslists.ListShape;
import io.revoker.domain.statuslists.StatusListStore;
import io.revoker.domain.statuslists.StatusListStore.Wanted;
import io.revoker.domain.statuslists.StatusSubject;
import io.revoker.domain.statuslists.StatusSubject.Issuer;
import io.revoker.http.Json;
import io.revoker.http.RequestFields;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request for indexes. Every error is a {@link Problem} that names the field.
 *
 * @param longest marks are kept so long: an index without a registered token can't live longer
 */
record AllocationReader(ListShape shape, Duration longest, JwtVerifier jwts, InstantSource time) {
    private static final String COUNT = "count";
    private static final String EXPIRES_AT = "expires_at";
    private static final String ISSUED_AT = "issued_at";
    private static final Set<String> FIELDS =
            Set.of("realm_name", "username", "client_id", "session_id", "kid", "jti", ISSUED_AT, EXPIRES_AT, COUNT);

    /**
     * A request.
     *
     * @param isCounted whether it says how many, so that the answer is a list
     */
    record Reading(Wanted wanted, boolean isCounted) {}

    Reading read(byte[] body) {
        RequestFields fields = new RequestFields(Json.read(body), FIELDS);
        Instant now = Instant.ofEpochSecond(time.instant().getEpochSecond());
        StatusSubject subject = subject(fields, now);
        Optional<Integer> count = fields.get(COUNT).map(AllocationReader::count);
        if (subject.jti().isPresent() && count.orElse(1) > 1) {
            throw Problem.invalid("count: more than one token with one jti (expected: 1)");
        }
        return new Reading(
                new Wanted(subject, Optional.empty(), expiry(fields, now), count.orElse(1), shape), count.isPresent());
    }

    private StatusSubject subject(RequestFields fields, Instant now) {
        RealmId realm = new RealmId(fields.text("realm_name")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> Problem.invalid("realm_name: missing (expected: a name)")));
        Grant.Facts facts = StatusSubject.facts(
                selector(fields, Selector.By.CLIENT),
                selector(fields, Selector.By.SESSION),
                selector(fields, Selector.By.KEY),
                fields.get(ISSUED_AT)
                        .map(value -> seconds(ISSUED_AT, value))
                        .map(second -> past(second, now))
                        .orElse(now));
        return new StatusSubject(
                new UserInRealm(realm, user(fields)),
                facts,
                StatusSubject.jti(realm, fields.text("jti").orElse("")),
                TokenKind.ACCESS,
                jwts.trusts(realm) ? Issuer.TRUSTED : Issuer.OTHER);
    }

    private static UserName user(RequestFields fields) {
        Optional<UserName> user = fields.text("username").map(UserName::new);
        if (user.filter(UserName::hasOnlyBlanks).isPresent()) {
            throw Problem.invalid("username: blank (expected: a name)");
        }
        return user.orElse(StatusSubject.NO_USER);
    }

    private static String selector(RequestFields fields, Selector.By by) {
        return fields.text(by.field())
                .map(value -> Selector.requested(by, value).value())
                .orElse("");
    }

    private Instant expiry(RequestFields fields, Instant now) {
        Instant expiry = fields.get(EXPIRES_AT)
                .map(value -> seconds(EXPIRES_AT, value))
                .orElseThrow(() -> Problem.invalid("expires_at: missing (expected: seconds since 1970)"));
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(longest))) {
            throw Problem.invalid("expires_at: " + expiry.getEpochSecond() + " (expected: after now, "
                    + now.getEpochSecond() + ", by at most " + longest.toSeconds() + " seconds; see log.retention)");
        }
        return expiry;
    }

    private static Instant past(Instant issuedAt, Instant now) {
        if (issuedAt.isAfter(now.plus(JwtVerifier.GREATEST_CLOCK_SKEW))) {
            throw Problem.invalid(
                    "issued_at: " + issuedAt.getEpochSecond() + " (expected: seconds since 1970, not in the future)");
        }
        return issuedAt;
    }

    private static Instant seconds(String field, JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > 0xFFFF_FFFFL) {
            throw Problem.invalid(field + ": not a whole number of seconds (expected: seconds since 1970)");
        }
        return Instant.ofEpochSecond(value.longValue());
    }

    private static int count(JsonNode value) {
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < 1
                || value.intValue() > StatusListStore.MOST_TOGETHER) {
            throw Problem.invalid("count: not allowed (expected: 1 to " + StatusListStore.MOST_TOGETHER + ")");
        }
        return value.intValue();
    }
}
