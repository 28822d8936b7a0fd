package io.revoker.http.ssf.push;

import io.revoker.http.ssf.push.PushMeters.Result;

/** What became of a push. */
sealed interface PushOutcome {
    /** The receiver has the event. */
    record Accepted() implements PushOutcome {}

    /**
     * The receiver does not take the event.
     *
     * @param code of its error (RFC 8935, section 2.4)
     */
    record Refused(String code) implements PushOutcome {
        /** Other errors are mended by a change of settings, there or here; this one is about the event. */
        boolean isOfTheEvent() {
            return code.equals("invalid_request");
        }
    }

    /**
     * It can't be known whether the receiver has the event.
     *
     * @param reason may be logged
     */
    record Failed(Result result, String reason) implements PushOutcome {}

    /** For the metrics. */
    default Result result() {
        if (this instanceof Refused) {
            return Result.REFUSED;
        }
        return this instanceof Failed failed ? failed.result() : Result.ACCEPTED;
    }

    /** For the log. */
    default String text() {
        if (this instanceof Refused refused) {
            return "refused: " + refused.code();
        }
        return this instanceof Failed failed ? failed.reason() : "accepted";
    }
}
