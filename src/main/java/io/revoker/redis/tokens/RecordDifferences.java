package io.revoker.redis.tokens;

import io.revoker.domain.TokenKind;
import java.util.Set;

/**
 * The fields in which a registration of a token differs from its record. Three things may differ: the issue time, with
 * it the expiry, and the bundle. A token with another lifetime but the same expiry is no difference either: the caller
 * sent the remaining lifetime.
 */
final class RecordDifferences {
    private RecordDifferences() {}

    static Set<String> between(TokenRecord requested, TokenRecord stored) {
        Differences found = new Differences()
                .inHolder(requested.holder(), stored.holder())
                .inFacts(requested.facts(), stored.facts())
                .in(requested.kind().field(), requested.kind(), stored.kind())
                .inIf(
                        lifetime(requested.kind()),
                        !requested.hasTheLifetimeOf(stored) && !requested.expiresWith(stored));
        if (!requested.isOld() && !stored.isOld()) {
            found.in(requested.kind().field(), requested.signature(), stored.signature())
                    .inCredential(requested.facts().credential(), stored.facts().credential());
        }
        return withPartner(found, requested, stored).fields();
    }

    /** A new access token beside a refresh token that stays is not a conflict by itself. */
    private static Differences withPartner(Differences found, TokenRecord requested, TokenRecord stored) {
        return requested.kind() == TokenKind.ACCESS || found.isEmpty()
                ? found.in(requested.kind().other().field(), requested.partner(), stored.partner())
                : found;
    }

    private static String lifetime(TokenKind kind) {
        return switch (kind) {
            case ACCESS -> "expires_in";
            case REFRESH -> "refresh_expires_in";
        };
    }
}
