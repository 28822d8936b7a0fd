package io.revoker.http.events;

import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.EventNotice;
import io.revoker.domain.jwt.EventNotice.Told;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.NoticedRevocations.Notice;
import io.revoker.http.single.RevocationLogLine;
import io.vertx.core.Future;
import org.slf4j.LoggerFactory;

/** Verifies security event tokens, and does what they tell, however they have come. */
public record EventIntake(NoticeVerifier notices, NoticedRevocations revocations, IgnoredEvents ignored) {
    private static final RevocationLogLine LOG_LINE = new RevocationLogLine(LoggerFactory.getLogger(EventIntake.class));

    /** Whether it holds, and what it tells. Fails with a {@link Problem}. */
    Future<EventNotice> verify(String token) {
        return notices.event(token);
    }

    /** Does what it tells. */
    Future<Void> carryOut(EventNotice notice, Caller caller) {
        if (notice.told() instanceof Told.Ended ended) {
            return revocations.carryOut(
                    new Notice(notice.realm(), notice.jti(), ended.targets(), notice.until()), caller, LOG_LINE);
        }
        ignored.note(notice.realm(), (Told.Nothing) notice.told());
        return Future.succeededFuture();
    }

    /** Both, in the name of the issuer. */
    public Future<Void> take(String token) {
        return verify(token)
                .compose(notice -> carryOut(
                        notice, NoticedRevocations.issuer(notice.realm()).at("", "poll of security events")));
    }

    /** The code of an error by what its message is about (RFC 8935, section 2.4). */
    public static String code(Problem problem) {
        return switch (problem.text().split(":", 2)[0]) {
            case "iss" -> "invalid_issuer";
            case "aud" -> "invalid_audience";
            case "signature" -> "invalid_key";
            default -> "invalid_request";
        };
    }
}
