package io.revoker.redis;

import io.revoker.domain.Grant;
import java.util.Optional;

/**
 * What is new of a pair.
 *
 * @param whole with the refresh token as it is registered
 * @param isLive whether the refresh token is
 */
record Rotation(Grant whole, boolean isLive) {
    Grant access() {
        return new Grant(whole.holder(), whole.access(), Optional.empty(), whole.facts());
    }

    Grant with(Grant access) {
        return new Grant(access.holder(), access.access(), whole.refresh(), access.facts());
    }
}
