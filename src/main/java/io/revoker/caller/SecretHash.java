package io.revoker.caller;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A secret as the client file holds it. It never prints more than its kind. */
interface SecretHash {

    /** Whether this is the hash of the secret. Compares in constant time; a slow hash blocks for as long as it costs. */
    boolean matches(Secret secret);

    /** What a comparison costs, estimated in SHA-256 blocks. */
    long cost();

    /** Whether a comparison takes too long for an event loop. */
    default boolean isSlow() {
        return cost() > 1;
    }

    /** The smallest and the largest that a number may be, both included. */
    record Bound(String what, int least, int most) {

        /** What is wrong with the value, if anything. */
        Optional<String> fault(int value) {
            if (value >= least && value <= most) {
                return Optional.empty();
            }
            return Optional.of(what + " " + value + " (expected: " + expected() + ")");
        }

        private String expected() {
            return least == most ? "" + least : least + " to " + most;
        }
    }

    /** SHA-256, for secrets of high entropy, which nobody can guess however fast the hash. */
    static final class Sha256Hash implements SecretHash {
        static final String KIND = "sha256";
        private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");
        private final byte[] expected;

        private Sha256Hash(byte[] expected) {
            this.expected = expected;
        }

        static Optional<SecretHash> parse(String text, Consumer<String> fault) {
            if (!FORM.matcher(text).matches()) {
                fault.accept("malformed sha256 (expected: 64 hex digits)");
                return Optional.empty();
            }
            return Optional.of(new Sha256Hash(HexFormat.of().parseHex(text)));
        }

        static byte[] digest(Secret secret) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(secret.bytes());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256: absent (expected: in every Java runtime)", e);
            }
        }

        @Override
        public boolean matches(Secret secret) {
            return MessageDigest.isEqual(expected, digest(secret));
        }

        @Override
        public long cost() {
            return 1;
        }

        @Override
        public String toString() {
            return KIND;
        }
    }
}
