package io.revoker.http.feed;

import io.revoker.domain.Stamp;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A heartbeat in the form in which it is sent, made once for all followers.
 *
 * @param stamp of the newest entry of the log
 * @param withId for a follower that has everything up to that, and nothing after it
 * @param withoutId for one that has more
 * @param json the part of it that is JSON
 */
public record Beat(Stamp stamp, Buffer withId, Buffer withoutId, Buffer json) {
    static Beat of(Stamp stamp, byte[] json) {
        Buffer bare =
                Buffer.buffer("event: heartbeat\ndata: ").appendBytes(json).appendString("\n\n");
        byte[] id = ("id: " + stamp + "\n").getBytes(StandardCharsets.US_ASCII);
        return new Beat(stamp, Buffer.buffer(id).appendBuffer(bare), bare, Buffer.buffer(json));
    }
}
