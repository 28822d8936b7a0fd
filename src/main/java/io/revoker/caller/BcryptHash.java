package io.revoker.caller;

import static java.nio.charset.StandardCharsets.US_ASCII;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.revoker.caller.SecretHash.Bound;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** bcrypt, as {@code htpasswd -B} and most languages write it, for secrets that a person chose. */
final class BcryptHash implements SecretHash {
    static final String KIND = "bcrypt";
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
    private static final Bound COST = new Bound("bcrypt cost", 4, 16);
    private static final int MAX_BYTES = 72;

    /** The approximate cost of one round of bcrypt's key schedule in SHA-256 blocks. */
    private static final long BLOCKS_PER_ROUND = 200;

    /** The verifier accepts all versions; this one only sets the longest input. */
    private static final BCrypt.Verifyer VERIFYER =
            BCrypt.verifyer(BCrypt.Version.VERSION_2B, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2B));

    private final int cost;
    private final byte[] expected;

    private BcryptHash(int cost, byte[] expected) {
        this.cost = cost;
        this.expected = expected;
    }

    static Optional<SecretHash> parse(String text, Consumer<String> problem) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            problem.accept("malformed bcrypt (expected: $2b$<cost>$<53 characters>)");
            return Optional.empty();
        }
        int cost = Integer.parseInt(form.group(1));
        Optional<String> unbounded = COST.problem(cost);
        unbounded.ifPresent(problem);
        return unbounded.isPresent() ? Optional.empty() : Optional.of(new BcryptHash(cost, text.getBytes(US_ASCII)));
    }

    /** A secret longer than the 72 bytes that bcrypt reads never matches: the bytes after them would be ignored. */
    @Override
    public boolean matches(ClientSecret secret) {
        byte[] bytes = secret.bytes();
        return VERIFYER.verify(bytes, expected).verified && bytes.length <= MAX_BYTES;
    }

    @Override
    public long cost() {
        return (1L << cost) * BLOCKS_PER_ROUND;
    }

    @Override
    public String toString() {
        return KIND;
    }
}
