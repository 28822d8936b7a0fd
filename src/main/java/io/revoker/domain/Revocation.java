package io.revoker.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A durable revocation: an entry of the log, and what {@code revoker.revocations} publishes.
 *
 * @param reason that its caller gave
 * @param lockedUntil when the lock ends that came with it
 * @param registered what was known of a single token when it was revoked; empty for other targets, for JWTs, and if an
 * older version wrote the entry
 */
public record Revocation(
        Stamp stamp,
        Target target,
        Optional<Reason> reason,
        Optional<Instant> lockedUntil,
        Optional<Registered> registered) {

    /** One without a reason. */
    public Revocation(Stamp stamp, Target target) {
        this(stamp, target, Optional.empty());
    }

    /** One without a lock. */
    public Revocation(Stamp stamp, Target target, Optional<Reason> reason) {
        this(stamp, target, reason, Optional.empty());
    }

    /** One of something else than a registered token. */
    public Revocation(Stamp stamp, Target target, Optional<Reason> reason, Optional<Instant> lockedUntil) {
        this(stamp, target, reason, lockedUntil, Optional.empty());
    }

    /**
     * A registered token that was revoked by itself, or with the other one of its pair.
     *
     * @param partner the {@linkplain TokenId#firstBits first bits} of the other token of its pair, if there is one
     */
    public record Registered(RealmId realm, Instant expiresAt, Optional<Long> partner) {
        public static Registered of(Token token) {
            return new Registered(token.holder().realm(), token.expiresAt(), token.partner());
        }
    }

    /**
     * Why a revocation was asked for: for people who read the logs later.
     *
     * @param text up to {@value #MAX_LENGTH} characters that can be seen; may be empty
     */
    public record Reason(Code code, String text) {
        public static final int MAX_LENGTH = 256;

        /** @throws Problem of kind invalid */
        public Reason {
            NameRules.requireAtMost("reason.text", text, MAX_LENGTH);
            CanonicalName.of("reason.text", text);
        }

        /** What most reasons are, in the words of RFC 5280 (section 5.3.1) and of CAEP and RISC events. */
        public enum Code {
            UNSPECIFIED,
            /** A token, a secret or a device has been stolen, or may have been. */
            COMPROMISE,
            /** The user has a new password, or another credential was replaced. */
            CREDENTIAL_CHANGE,
            ACCOUNT_DISABLED,
            /** The user has left, or belongs to another organisation. */
            AFFILIATION_CHANGED,
            PRIVILEGE_WITHDRAWN,
            /** The token was replaced by another one. */
            SUPERSEDED,
            CESSATION_OF_OPERATION,
            LOGOUT,
            /** A rule demands it, such as a longest session. */
            POLICY;

            /** The name in requests and answers. */
            public String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }

            public static Optional<Code> named(String wireName) {
                return Stream.of(values())
                        .filter(code -> code.wireName().equals(wireName))
                        .findFirst();
            }
        }
    }
}
