package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.vertx.core.Future;
import java.time.Duration;

/** Verifies JWTs of the realms that are configured with an issuer. */
public interface JwtVerifier {
    /** No realm may tolerate a greater difference between clocks. */
    Duration GREATEST_CLOCK_SKEW = Duration.ofMinutes(5);

    /** For a service without such realms. */
    JwtVerifier NONE = new JwtVerifier() {
        @Override
        public Future<Finding> verify(String token, RealmScope scope, Purpose purpose) {
            return Future.succeededFuture(Finding.FOREIGN);
        }

        @Override
        public boolean trusts(RealmId realm) {
            return false;
        }

        @Override
        public boolean trustsAny() {
            return false;
        }
    };

    /**
     * Verifies a token: any text, however long.
     *
     * @param scope of the caller: a JWT of a realm outside of it is {@link Finding#REFUSED}, whatever it is
     * @return fails with a {@link io.revoker.domain.Problem} of kind UNAVAILABLE while the keys that are needed could
     * not be fetched
     */
    Future<Finding> verify(String token, RealmScope scope, Purpose purpose);

    /** Whether tokens of a realm may be active without having been registered. */
    boolean trusts(RealmId realm);

    /** The claim that has the session in tokens of a realm. */
    default String sessionClaim(RealmId realm) {
        return "sid";
    }

    /** Whether there is any such realm. */
    boolean trustsAny();

    /** By how much the {@code iat} of a JWT of these realms may be later than a mark that covers it; whole seconds. */
    default Duration lead(RealmScope realms) {
        return Duration.ZERO;
    }

    /** What a token is verified for. */
    enum Purpose {
        /** Whether it is active now. */
        CHECK,
        /**
         * Whether it is, or will be, active without having been registered: its time may be to come, and a token of a
         * realm whose tokens must be registered is {@link Finding#REFUSED}, whatever it is.
         */
        REVOCATION
    }

    /** What was found of a token. */
    sealed interface Finding {
        /** Not a JWT of a configured issuer: it is active only if it was registered. */
        Finding FOREIGN = new Foreign();

        /** Claims to be from a configured issuer, but does not hold: it is not active, registered or not. */
        Finding REFUSED = new Refused();

        /** See {@link #FOREIGN}. */
        record Foreign() implements Finding {}

        /** See {@link #REFUSED}. */
        record Refused() implements Finding {}

        /** Holds. */
        record Verified(VerifiedJwt jwt) implements Finding {}
    }
}
