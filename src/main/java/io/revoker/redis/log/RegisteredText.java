package io.revoker.redis.log;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation.Registered;
import io.revoker.redis.keys.Escape;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The text of what is known of a registered token in its log entry: {@code <expiry in seconds>/<first bits of the other
 * token of its pair, or ->/<realm>}.
 */
public final class RegisteredText {
    static final String FIELD = "of";
    private static final String NONE = "-";
    private static final int PARTS = 3;

    private RegisteredText() {}

    static String of(Registered token) {
        return token.expiresAt().getEpochSecond() + behindExpiry(token.realm(), token.partner());
    }

    /** The same without the expiry, which comes before it. */
    public static String behindExpiry(RealmId realm, Optional<Long> partner) {
        return '/' + partner.map(HexFormat.of()::toHexDigits).orElse(NONE) + '/' + Escape.escape(realm.key());
    }

    static Registered parse(String text) {
        String[] parts = text.split("/", PARTS);
        return new Registered(
                RealmId.stored(Escape.unescape(parts[2])),
                Instant.ofEpochSecond(Long.parseLong(parts[0])),
                parts[1].equals(NONE) ? Optional.empty() : Optional.of(HexFormat.fromHexDigitsToLong(parts[1])));
    }
}
