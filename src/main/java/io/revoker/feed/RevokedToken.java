package io.revoker.feed;

import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;

/** A single token, and its revocation. */
record RevokedToken(TokenId id, Stamp stamp) {}
