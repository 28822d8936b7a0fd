package io.revoker.redis.log;

import io.revoker.domain.Revocation.Reason;
import io.revoker.redis.keys.Escape;
import java.util.Optional;

/**
 * Who revoked, and why, as one word of the ledger and of locks: the escaped name of the caller, {@code -} if there is
 * none, and behind a slash the {@linkplain ReasonText reason}, if there is one. Earlier versions take the reason for a
 * part of the name.
 *
 * @param caller empty if there is none
 */
record OriginText(String caller, Optional<Reason> reason) {
    static final String NONE = "-";

    static OriginText parse(String word) {
        String[] parts = word.split("/", 2);
        return new OriginText(
                parts[0].equals(NONE) ? "" : Escape.unescape(parts[0]),
                parts.length > 1 ? ReasonText.parse(parts[1]) : Optional.empty());
    }

    /** The word. */
    String word() {
        String name = caller.isEmpty() ? NONE : Escape.escape(caller).replaceFirst("^-$", "%2d");
        return name + reason.map(why -> '/' + ReasonText.of(why)).orElse("");
    }
}
