package io.revoker.domain.streams;

import io.revoker.domain.Revocation;
import java.util.Optional;

/**
 * An event to be delivered: a revocation, or something about the stream itself; exactly one of both is present.
 *
 * @param id the same each time it is delivered
 */
public record StreamEvent(String id, Optional<Revocation> revocation, Optional<Notice> notice) {

    /** That sessions have ended. */
    public static StreamEvent of(EventStream stream, Revocation revocation) {
        return new StreamEvent(prefix(stream) + revocation.stamp().micros(), Optional.of(revocation), Optional.empty());
    }

    public static StreamEvent of(Notice notice) {
        return new StreamEvent(notice.id(), Optional.empty(), Optional.of(notice));
    }

    private static String prefix(EventStream stream) {
        return stream.id() + '.';
    }
}
