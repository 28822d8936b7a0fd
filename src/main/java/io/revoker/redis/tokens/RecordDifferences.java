package io.revoker.redis.tokens;

import io.revoker.domain.TokenKind;
import java.util.Set;

/**
 * In which fields a registration of a token differs from the one that its record is of. When it was issued may differ, and when it expires with that, and
 * its bundle; and of a token whose lifetime is another one, but which expires at the same time, what was left of its life was counted.
 */
final class RecordDifferences {
    private RecordDifferences() {}

    static Set<String> between(TokenRecord said, TokenRecord held) {
        Differences found = new Differences()
                .inHolder(said.holder(), held.holder())
                .inFacts(said.facts(), held.facts())
                .in(said.kind().field(), said.kind(), held.kind())
                .inIf(lifetime(said.kind()), !said.hasTheLifetimeOf(held) && !said.expiresWith(held));
        if (!said.isOld() && !held.isOld()) {
            found.in(said.kind().field(), said.signature(), held.signature())
                    .inCredential(said.facts().credential(), held.facts().credential());
        }
        return withPartner(found, said, held).fields();
    }

    /** A new access token beside a refresh token that stays is no fault by itself. */
    private static Differences withPartner(Differences found, TokenRecord said, TokenRecord held) {
        return said.kind() == TokenKind.ACCESS || found.isEmpty()
                ? found.in(said.kind().other().field(), said.partner(), held.partner())
                : found;
    }

    private static String lifetime(TokenKind kind) {
        return switch (kind) {
            case ACCESS -> "expires_in";
            case REFRESH -> "refresh_expires_in";
        };
    }
}
