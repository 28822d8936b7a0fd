package io.revoker.caller;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** SHA-256, for secrets of high entropy, which nobody can guess however fast the hash. */
final class Sha256Hash implements SecretHash {
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
