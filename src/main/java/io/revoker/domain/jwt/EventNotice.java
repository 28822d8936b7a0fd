package io.revoker.domain.jwt;

import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import java.time.Instant;
import java.util.List;

/**
 * An issuer tells of an event: a security event token whose signature and claims hold (RFC 8417).
 *
 * @param realm of the issuer
 * @param told what has ended, or why nothing has
 * @param jti the id that the issuer gave the notice
 * @param until from when it does not hold any more
 */
public record EventNotice(RealmId realm, Told told, String jti, Instant until) {
    /** What an event tells. */
    public sealed interface Told {
        /** The tokens of the sessions that have ended. */
        record Ended(List<? extends Target> targets) implements Told {
            public Ended {
                targets = List.copyOf(targets);
            }
        }

        /** Why an event ends nothing in the realm. */
        enum Nothing implements Told {
            /** Its type ends no sessions. */
            OTHER_TYPE,
            /** Its tenant is none of those that the realm has. */
            OTHER_TENANT,
            /** Its tenant has not the realm's name, and it is not set which ones the realm has. */
            UNKNOWN_TENANT
        }
    }
}
