package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import java.util.Optional;

/**
 * Asks for a revocation; the reply is a {@link io.revoker.domain.Report}.
 *
 * @param scope the realms that the caller may act in: a single token of another realm is answered as not found, any other target that leaves
 *     them is refused
 * @param until what the reply waits for
 * @param caller who asks, as the list of sweeps tells it
 */
public record Revoke(Target target, RealmScope scope, Until until, Optional<String> caller) {

    /** What the reply waits for. A single token is always waited for. */
    public enum Until {
        /** The sweep has ended; the report says what it counted. */
        SWEPT,
        /** The mark is durable: the tokens are dead, and yet to be counted. The report's stamp is the sweep's name. */
        MARKED
    }

    /** Waits for the sweep. */
    public Revoke(Target target, RealmScope scope) {
        this(target, scope, Until.SWEPT);
    }

    public Revoke(Target target, RealmScope scope, Until until) {
        this(target, scope, until, Optional.empty());
    }
}
