package io.revoker.client.view;

import io.revoker.client.feed.FeedEvent;
import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What an event of the feed changes in the tables.
 *
 * @param hash of the token or the target
 * @param partner hash of the other token of a pair
 * @param value of a mark, or when a lock ends, in microseconds
 */
record Change(Kind kind, long hash, Optional<Long> partner, long value, long until) {
    private static final int HASH_DIGITS = 16;
    private static final String BEFORE = "issued_before";

    /** What kinds there are. */
    private enum Kind {
        TOKEN,
        MARK,
        LOCK,
        UNLOCK,
        NOTHING
    }

    /** An event of an unknown name changes nothing. */
    static Change of(FeedEvent event) throws IOException {
        return switch (event.name()) {
            case "revocation" -> revocation(event.fields());
            case "mark" -> of(Kind.MARK, event.fields(), 0);
            case "lock" -> of(Kind.LOCK, event.fields(), FeedEvent.micros(event.fields(), "until"));
            case "unlock" -> new Change(Kind.UNLOCK, hash(event.fields()), Optional.empty(), 0, 0);
            default -> new Change(Kind.NOTHING, 0, Optional.empty(), 0, 0);
        };
    }

    private static Change revocation(JsonFields body) throws IOException {
        Optional<String> partner = body.text("partner_hash");
        return new Change(
                Kind.TOKEN,
                hash(body),
                partner.isPresent() ? Optional.of(hash(partner.get())) : Optional.empty(),
                0,
                0);
    }

    private static Change of(Kind kind, JsonFields body, long until) throws IOException {
        return new Change(kind, hash(body), Optional.empty(), value(body), until);
    }

    /** Writes it into the tables. */
    void apply(Known known) {
        switch (kind) {
            case TOKEN -> forEachHash(known::token);
            case MARK -> known.mark(hash, value);
            case LOCK -> {
                known.mark(hash, value);
                known.lock(hash, until);
            }
            case UNLOCK -> known.unlock(hash);
            case NOTHING -> {}
        }
    }

    /** By which of its hashes a token may be concerned by it. */
    void forEachHash(LongConsumer visitor) {
        if (kind != Kind.NOTHING) {
            visitor.accept(hash);
            partner.ifPresent(visitor::accept);
        }
    }

    /** Whether it may concern tokens by no hash that they tell. */
    boolean mayConcernAll() {
        return kind != Kind.TOKEN && kind != Kind.NOTHING && (hash == Hashes.ALL || Hashes.isOfIssuedBefore(hash));
    }

    /** The instant that tokens were issued before, or the stamp. */
    private static long value(JsonFields body) throws IOException {
        long stamp = FeedEvent.stamp(body);
        return body.text(BEFORE).isPresent() ? Math.min(stamp, FeedEvent.micros(body, BEFORE)) : stamp;
    }

    private static long hash(JsonFields body) throws IOException {
        return hash(body.requiredText("hash"));
    }

    private static long hash(String text) throws IOException {
        try {
            if (text.length() == HASH_DIGITS) {
                return HexFormat.fromHexDigitsToLong(text);
            }
        } catch (IllegalArgumentException e) {
            // The same as too few.
        }
        throw JsonFields.unreadable("hash", HASH_DIGITS + " hexadecimal digits");
    }
}
