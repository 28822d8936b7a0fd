package io.revoker.domain.statuslists;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import java.time.Instant;
import java.util.Optional;

/**
 * An index that a token has.
 *
 * @param expiresAt when the token expires at the latest
 * @param token that was registered with it; empty if none was
 * @param birth the newest stamp when it was allocated: a newer mark of its subject makes it dead
 */
public record Allocation(StatusSubject subject, Instant expiresAt, Optional<TokenId> token, Stamp birth) {}
