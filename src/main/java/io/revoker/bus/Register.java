package io.revoker.bus;

import io.revoker.domain.Grant;
import io.revoker.domain.audit.Origin;
import java.util.Optional;

/**
 * Registers the tokens of one grant; the reply is a {@link io.revoker.domain.store.Registration}.
 *
 * @param origin as the audit trail shows it; absent if it is not known
 */
public record Register(Grant grant, Optional<Origin> origin) {
    /** Without an origin. */
    public Register(Grant grant) {
        this(grant, Optional.empty());
    }
}
