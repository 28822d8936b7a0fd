package io.revoker.http.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Stamp;
import io.revoker.http.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An event in the form in which it is sent, made once for all followers.
 *
 * @param realm that it is about; empty if it may concern every realm
 * @param whole for callers of all realms
 * @param limited for callers of some realms, if it has no realm: contains no name
 */
public record FeedEvent(Stamp stamp, Kind kind, Optional<RealmId> realm, Encoded whole, Encoded limited) {
    /** Of the objects around the bytes. */
    private static final int OBJECTS = 256;

    /** What an event says; the name on the wire. */
    public enum Kind {
        /** A single token, or a pair, was revoked. */
        REVOCATION("revocation"),
        /** All or some of the tokens of a realm or of a user were revoked. */
        MARK("mark"),
        /** The same, and until some time no others are registered. */
        LOCK("lock"),
        /** A lock was removed. */
        UNLOCK("unlock"),
        /** The follower may have missed something. */
        RESET("reset"),
        /** The same, with the stamp of an event before it: who has that event does not have this one for sure. */
        GAP("reset");

        private final String wireName;

        Kind(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /**
     * The bytes.
     *
     * @param message as an event of a stream (WHATWG HTML, section 9.2.6)
     * @param json the part of it that is JSON
     */
    public record Encoded(Buffer message, Buffer json) {

        static Encoded of(Stamp id, Kind kind, ObjectNode body) {
            byte[] head =
                    ("id: " + id + "\nevent: " + kind.wireName() + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
            byte[] json = Json.write(body);
            Buffer message = Buffer.buffer(head.length + json.length + 2)
                    .appendBytes(head)
                    .appendBytes(json)
                    .appendString("\n\n");
            return new Encoded(message, message.slice(head.length, head.length + json.length));
        }
    }

    /** What a caller of these realms gets of it; empty if that is nothing. */
    public Optional<Encoded> seenBy(RealmScope realms) {
        if (realms.only().isEmpty()) {
            return Optional.of(whole);
        }
        return realm.map(name -> realms.covers(name) ? Optional.of(whole) : Optional.<Encoded>empty())
                .orElseGet(() -> Optional.of(limited));
    }

    boolean isReset() {
        return kind == Kind.RESET || kind == Kind.GAP;
    }

    /** Whether a follower that has everything up to a stamp has to get it. */
    boolean isNewTo(Stamp last) {
        return stamp.isAfter(last) || (kind == Kind.GAP && stamp.equals(last));
    }

    /** Bytes of memory, about. */
    int size() {
        return OBJECTS
                + whole.message().length()
                + (realm.isPresent() ? 0 : limited.message().length());
    }
}
