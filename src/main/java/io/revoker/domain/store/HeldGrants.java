package io.revoker.domain.store;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the grants of a holder, for people who look at them; whether a token is active, a check decides.
 *
 * @param errors a line for each damage: grants that are damaged are left out, and those whose records are have no facts
 * @param next where the next page begins; empty after the last one
 */
public record HeldGrants(List<HeldGrant> grants, List<String> errors, Optional<String> next) {
    public HeldGrants {
        grants = List.copyOf(grants);
        errors = List.copyOf(errors);
    }

    /**
     * A grant that has a live token.
     *
     * @param id of the grant: the first 64 bits of the id of its access token, or of its refresh token if that is the
     * only one
     * @param facts empty if the record has expired with the access token, or is damaged
     * @param birth the newest stamp when it was registered: a newer mark of its holder makes it dead too
     * @param live the expiry of each of its live tokens, at least one
     */
    public record HeldGrant(long id, Optional<Grant.Facts> facts, Stamp birth, Map<TokenKind, Instant> live) {
        public HeldGrant {
            live = Map.copyOf(live);
        }
    }
}
