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
 */
public record Revocation(Stamp stamp, Target target, Optional<Reason> reason, Optional<Instant> lockedUntil) {

    /** One without a reason. */
    public Revocation(Stamp stamp, Target target) {
        this(stamp, target, Optional.empty());
    }

    /** One without a lock. */
    public Revocation(Stamp stamp, Target target, Optional<Reason> reason) {
        this(stamp, target, reason, Optional.empty());
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
