package io.revoker.caller;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The hash of a secret in the client file. Its text shows only its kind. */
interface SecretHash {

    /** Whether this is the hash of the secret. Compares in constant time; a slow hash blocks while it is computed. */
    boolean matches(ClientSecret secret);

    /** The cost of a comparison, estimated in SHA-256 blocks. */
    long cost();

    /** Whether a comparison takes too long for an event loop. */
    default boolean isSlow() {
        return cost() > 1;
    }

    /** The smallest and the largest allowed number, both inclusive. */
    record Bound(String what, int least, int most) {

        /** The problem with the value, if there is one. */
        Optional<String> problem(int value) {
            if (value >= least && value <= most) {
                return Optional.empty();
            }
            return Optional.of(what + " " + value + " (expected: " + expected() + ")");
        }

        private String expected() {
            return least == most ? "" + least : least + " to " + most;
        }
    }

    /** SHA-256, for secrets of high entropy, which can't be guessed even with a fast hash. */
    static final class Sha256Hash implements SecretHash {
        static final String KIND = "sha256";
        private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");
        private final byte[] expected;

        private Sha256Hash(byte[] expected) {
            this.expected = expected;
        }

        static Optional<SecretHash> parse(String text, Consumer<String> problem) {
            if (!FORM.matcher(text).matches()) {
                problem.accept("malformed sha256 (expected: 64 hex digits)");
                return Optional.empty();
            }
            return Optional.of(new Sha256Hash(HexFormat.of().parseHex(text)));
        }

        /** That of a random secret, which is not kept: for clients that prove who they are in another way. */
        static SecretHash ofUnknown() {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return new Sha256Hash(random);
        }

        static byte[] digest(ClientSecret secret) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(secret.bytes());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256: absent (expected: in every Java runtime)", e);
            }
        }

        @Override
        public boolean matches(ClientSecret secret) {
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
