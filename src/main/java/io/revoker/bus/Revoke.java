package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation.Reason;
import io.revoker.domain.Target;
import io.revoker.domain.audit.Origin;
import io.revoker.domain.jwt.VerifiedJwt;
import java.time.Instant;
import java.util.Optional;

/**
 * Requests a revocation; the reply is a {@link io.revoker.domain.Report}.
 *
 * @param scope the realms that the caller may act in: a single token of another realm is answered as not found; any
 * other target outside of them is refused
 * @param until what the reply waits for
 * @param caller as the list of sweeps shows it
 * @param jwt for the target {@link Target.OneJwt}: the JWT itself, if the caller has shown it
 * @param reason as the log and the list of sweeps show it
 * @param lockUntil not for a single token, nor for {@link Target.IssuedBefore}: keeps registrations and JWTs refused
 * until then
 * @param notAfter for any target but a single token: fails without an effect if it would take effect later, by the
 * clock of the store
 * @param origin as the audit trail shows it; absent if nothing is known but the caller
 */
public record Revoke(
        Target target,
        RealmScope scope,
        Until until,
        Optional<String> caller,
        Optional<VerifiedJwt> jwt,
        Optional<Reason> reason,
        Optional<Instant> lockUntil,
        Optional<Instant> notAfter,
        Optional<Origin> origin) {

    /** What the reply waits for. It always waits for a single token. */
    public enum Until {
        /** The sweep has ended; the report has its counts. */
        SWEPT,
        /** The mark is durable: the tokens are dead, but not counted yet. The report's stamp is the sweep's id. */
        MARKED
    }

    /** Waits for the sweep. */
    public Revoke(Target target, RealmScope scope) {
        this(target, scope, Until.SWEPT);
    }

    public Revoke(Target target, RealmScope scope, Until until) {
        this(target, scope, until, Optional.empty());
    }

    public Revoke(Target target, RealmScope scope, Until until, Optional<String> caller) {
        this(
                target,
                scope,
                until,
                caller,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same for a JWT that was verified. */
    public Revoke ofJwt(Target.OneJwt one, VerifiedJwt shown) {
        return new Revoke(one, scope, until, caller, Optional.of(shown), reason, lockUntil, notAfter, origin);
    }

    /** The same of another target. */
    public Revoke of(Target other) {
        return new Revoke(other, scope, until, caller, jwt, reason, lockUntil, notAfter, origin);
    }

    /** The same with a lock. */
    public Revoke locking(Optional<Instant> end) {
        return new Revoke(target, scope, until, caller, jwt, reason, end, notAfter, origin);
    }

    /** The same with a reason. */
    public Revoke because(Optional<Reason> why) {
        return new Revoke(target, scope, until, caller, jwt, why, lockUntil, notAfter, origin);
    }

    /** The same with a time after which it must not take effect. */
    public Revoke before(Optional<Instant> time) {
        return new Revoke(target, scope, until, caller, jwt, reason, lockUntil, time, origin);
    }

    /** The same from somewhere. */
    public Revoke from(Origin where) {
        return new Revoke(target, scope, until, caller, jwt, reason, lockUntil, notAfter, Optional.of(where));
    }
}
