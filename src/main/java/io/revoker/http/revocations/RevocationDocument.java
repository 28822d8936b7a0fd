package io.revoker.http.revocations;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Jws;
import io.revoker.domain.Problem;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import io.revoker.http.RequestFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A revocation as its caller describes it.
 *
 * @param mode whether it is carried out
 * @param most with more live tokens it is not carried out
 * @param lockUntil keeps registrations and JWTs of the target refused until then
 */
record RevocationDocument(
        TargetReader.Named named,
        Optional<Reason> reason,
        Mode mode,
        Optional<Long> most,
        Optional<Instant> lockUntil) {
    private static final String TARGET = "target";
    private static final String REASON = "reason";
    private static final String CODE = "code";
    private static final String TEXT = "text";
    private static final String DRY_RUN = "dry_run";
    private static final String MOST = "expected_max";
    private static final String UNTIL = "until";
    private static final String ISSUED_BEFORE = "issued_before";
    private static final Duration LONGEST_LOCK = Duration.ofDays(366);
    private static final Set<String> FIELDS = Set.of(TARGET, ISSUED_BEFORE, REASON, DRY_RUN, MOST, UNTIL);

    /** Minted tokens, and most others, have such a word; people who give reasons have none. */
    private static final Pattern LIKE_A_TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    enum Mode {
        REVOKE,
        /** Counts, and changes nothing. */
        DRY_RUN
    }

    /** Every error is a {@link Problem} that never quotes a token. */
    static RevocationDocument read(JsonNode body, TargetReader targets) {
        RequestFields fields = new RequestFields(body, FIELDS).withoutNull();
        TargetReader.Named whole = targets.read(
                fields.get(TARGET).orElseThrow(() -> Problem.invalid("target: missing (expected: a JSON object)")));
        TargetReader.Named named = fields.get(ISSUED_BEFORE)
                .map(value -> targets.issuedBefore(whole, DocumentTime.of(ISSUED_BEFORE, value)))
                .orElse(whole);
        return new RevocationDocument(
                named,
                fields.get(REASON).map(reason -> reason(reason, named.token())),
                fields.get(DRY_RUN).map(RevocationDocument::mode).orElse(Mode.REVOKE),
                fields.get(MOST).map(RevocationDocument::most),
                fields.text(UNTIL).map(until -> end(until, named.first())));
    }

    private static Instant end(String text, Target target) {
        if (!target.mayBeLocked()) {
            throw Problem.invalid(
                    "until: of a single token, or of what was issued before a time (expected: of what comes, too)");
        }
        return DocumentTime.of(text).orElseThrow(RevocationDocument::noTimeToCome);
    }

    /** A repetition of a request that was answered may come later. */
    RevocationDocument requireLockToCome(Instant now) {
        if (lockUntil
                .filter(end -> !end.isAfter(now) || end.isAfter(now.plus(LONGEST_LOCK)))
                .isPresent()) {
            throw noTimeToCome();
        }
        return this;
    }

    private static Problem noTimeToCome() {
        return Problem.invalid(
                "until: not a time to come (expected: one as in RFC 3339, within " + LONGEST_LOCK.toDays() + " days)");
    }

    private static Mode mode(JsonNode value) {
        if (!value.isBoolean()) {
            throw Problem.invalid("dry_run: not a boolean (expected: true or false)");
        }
        return value.booleanValue() ? Mode.DRY_RUN : Mode.REVOKE;
    }

    private static long most(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw Problem.invalid("expected_max: not a number of tokens (expected: an integer from 0 to "
                    + Long.MAX_VALUE + ", without fraction and exponent)");
        }
        return value.longValue();
    }

    private static Reason reason(JsonNode value, String token) {
        RequestFields fields = new RequestFields(REASON, value, Set.of(CODE, TEXT));
        String text = fields.text(TEXT).orElse("");
        requireNoToken(text, token);
        return new Reason(fields.text(CODE).map(RevocationDocument::code).orElse(Reason.Code.UNSPECIFIED), text);
    }

    private static Reason.Code code(String name) {
        return Reason.Code.named(name)
                .orElseThrow(() -> Problem.invalid("reason.code: unknown (expected: "
                        + Stream.of(Reason.Code.values())
                                .map(Reason.Code::wireName)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    /** It is kept, logged and shown. */
    private static void requireNoToken(String text, String token) {
        if ((!token.isEmpty() && text.contains(token))
                || LIKE_A_TOKEN.matcher(text).find()
                || Stream.of(text.split("[^A-Za-z0-9._-]+", -1))
                        .anyMatch(word -> Jws.payload(word).isPresent())) {
            throw Problem.invalid("reason.text: has what may be a token (expected: words)");
        }
    }
}
