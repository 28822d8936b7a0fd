package io.revoker.redis.log;

import io.revoker.domain.Problem;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Revocation.Reason.Code;
import io.revoker.redis.keys.Escape;
import java.util.Optional;

/** The text of a reason in the log and the ledger, one word: its code, or {@code code/escaped text}. */
final class ReasonText {
    private ReasonText() {}

    static String of(Reason reason) {
        String code = reason.code().wireName();
        return reason.text().isEmpty() ? code : code + '/' + Escape.escape(reason.text());
    }

    /** A code of a later version is not specified here. Empty if another program wrote it. */
    static Optional<Reason> parse(String word) {
        String[] parts = word.split("/", 2);
        try {
            return Optional.of(new Reason(
                    Code.named(parts[0]).orElse(Code.UNSPECIFIED), parts.length > 1 ? Escape.unescape(parts[1]) : ""));
        } catch (Problem | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
