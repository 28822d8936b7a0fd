package io.revoker.http.elastic;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One exception as an error body shows it.
 *
 * @param type in snake case, as clients match it
 * @param reason may quote the request; made well-formed, because a lone surrogate has no UTF-8
 */
record Cause(String type, String reason, Optional<Cause> causedBy) {
    Cause {
        reason = new String(reason.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static Cause of(String type, String reason) {
        return new Cause(type, reason, Optional.empty());
    }

    static Cause illegalArgument(String reason) {
        return of("illegal_argument_exception", reason);
    }

    static Cause unreadable(String reason) {
        return of("x_content_parse_exception", reason);
    }

    Cause causedBy(Cause cause) {
        return new Cause(type, reason, Optional.of(cause));
    }
}
