package io.revoker.caller;

import io.revoker.caller.SecretHash.Bound;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA-256 (RFC 8018), for secrets that a person chose. */
final class Pbkdf2Hash implements SecretHash {
    static final String KIND = "pbkdf2-sha256";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}):([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)");
    private static final int BYTES = 32;

    private final int iterations;
    private final byte[] salt;
    private final byte[] expected;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] expected) {
        this.iterations = iterations;
        this.salt = salt;
        this.expected = expected;
    }

    static Optional<SecretHash> parse(String text, Consumer<String> problem) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return malformed(problem);
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            return bounded(
                    new Pbkdf2Hash(
                            Integer.parseInt(form.group(1)),
                            base64.decode(form.group(2)),
                            base64.decode(form.group(3))),
                    problem);
        } catch (IllegalArgumentException notBase64) {
            return malformed(problem);
        }
    }

    private static Optional<SecretHash> malformed(Consumer<String> problem) {
        problem.accept("malformed pbkdf2-sha256 (expected: <iterations>:<base64 salt>:<base64 hash>)");
        return Optional.empty();
    }

    private static Optional<SecretHash> bounded(Pbkdf2Hash hash, Consumer<String> problem) {
        List<String> problems = Stream.of(
                        new Bound("pbkdf2 iterations", 10_000, 5_000_000).problem(hash.iterations),
                        new Bound("bytes of pbkdf2 salt", 16, 64).problem(hash.salt.length),
                        new Bound("bytes of pbkdf2 hash", BYTES, BYTES).problem(hash.expected.length))
                .flatMap(Optional::stream)
                .toList();
        problems.forEach(problem);
        return problems.isEmpty() ? Optional.of(hash) : Optional.empty();
    }

    static byte[] derive(ClientSecret secret, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(secret.chars(), salt, iterations, BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2WithHmacSHA256: absent (expected: in this Java runtime)", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public boolean matches(ClientSecret secret) {
        return MessageDigest.isEqual(expected, derive(secret, salt, iterations));
    }

    @Override
    public long cost() {
        return 2L * iterations;
    }

    @Override
    public String toString() {
        return KIND;
    }
}
