package io.revoker.caller;

import io.revoker.caller.SecretHash.Sha256Hash;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** The form of a secret in the client file: the kind of hash, a colon, and the parameters of that kind. */
public final class HashFormat {
    private static final String FORMS = "sha256:<64 hex digits>, pbkdf2-sha256:<iterations>:<base64 salt>:<base64 hash>"
            + " or bcrypt:$2b$<cost>$<53 characters>";
    private static final int PBKDF2_ITERATIONS = 600_000;
    private static final int SALT_BYTES = 16;

    private HashFormat() {}

    /** For a secret of high entropy: 128 random bits or more. */
    public static String sha256(ClientSecret secret) {
        return Sha256Hash.KIND + ":" + HexFormat.of().formatHex(Sha256Hash.digest(secret));
    }

    /** For any secret; freshly salted. Blocks for some tenths of a second. */
    public static String pbkdf2(ClientSecret secret) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] hash = Pbkdf2Hash.derive(secret, salt, PBKDF2_ITERATIONS);
        return String.join(
                ":",
                Pbkdf2Hash.KIND,
                Integer.toString(PBKDF2_ITERATIONS),
                base64.encodeToString(salt),
                base64.encodeToString(hash));
    }

    /**
     * Empty if the line is faulty; the reason is passed to {@code problem}, without any part of the line that could be
     * secret.
     */
    static Optional<SecretHash> parse(String line, Consumer<String> problem) {
        int colon = Math.max(line.indexOf(':'), 0);
        String rest = line.substring(Math.min(colon + 1, line.length()));
        return switch (line.substring(0, colon)) {
            case Sha256Hash.KIND -> Sha256Hash.parse(rest, problem);
            case Pbkdf2Hash.KIND -> Pbkdf2Hash.parse(rest, problem);
            case BcryptHash.KIND -> BcryptHash.parse(rest, problem);
            default -> {
                problem.accept("malformed (expected: " + FORMS + ")");
                yield Optional.empty();
            }
        };
    }
}
