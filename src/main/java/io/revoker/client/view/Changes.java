package io.revoker.client.view;

import io.revoker.client.feed.FeedEvent;
import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;

/** Writes into the tables what an event of the feed says. */
final class Changes {
    private static final int HASH_DIGITS = 16;
    private static final String BEFORE = "issued_before";

    private Changes() {}

    /** An event of an unknown name changes nothing. */
    static void apply(FeedEvent event, Known known) throws IOException {
        switch (event.name()) {
            case "revocation" -> revoke(known, event.fields());
            case "mark" -> mark(known, event.fields());
            case "lock" -> lock(known, event.fields());
            case "unlock" -> known.unlock(hash(event.fields()));
            default -> {}
        }
    }

    private static void mark(Known known, JsonFields body) throws IOException {
        known.mark(hash(body), value(body));
    }

    private static void revoke(Known known, JsonFields body) throws IOException {
        known.token(hash(body));
        Optional<String> partner = body.text("partner_hash");
        if (partner.isPresent()) {
            known.token(hash(partner.get()));
        }
    }

    private static void lock(Known known, JsonFields body) throws IOException {
        mark(known, body);
        known.lock(hash(body), FeedEvent.micros(body, "until"));
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
