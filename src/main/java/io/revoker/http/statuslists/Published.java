package io.revoker.http.statuslists;

import io.revoker.domain.statuslists.StatusList;
import java.time.Duration;
import java.time.Instant;

/**
 * A list as it is sent: a signed JWT.
 *
 * @param version of its bits
 * @param signedAt its {@code iat}; what was revoked before is in it
 * @param seenAt what was revoked before this is in it, too
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record Published(StatusList list, long version, byte[] jwt, byte[] gzip, String tag, Instant signedAt, Instant seenAt) {

    /** The same, when nothing was revoked until a later time. */
    Published seenAt(Instant later) {
        return new Published(list, version, jwt, gzip, tag, signedAt, later);
    }

    /** Whether it may be sent without looking again: not if the clock was set back since. */
    boolean isFresh(Instant now, Duration interval) {
        return !now.isBefore(seenAt) && now.isBefore(seenAt.plus(interval)) && !list.hasEnded(now);
    }

    /** For how many seconds a cache may keep it. */
    long maxAge(Instant now, Duration ttl) {
        return Math.max(0, Duration.between(now, signedAt.plus(ttl)).toSeconds());
    }
}
