package io.revoker.http.tokens;

import io.revoker.config.Configuration;
import io.revoker.config.HttpConfig;
import io.revoker.domain.Problem;
import java.util.stream.LongStream;

/**
 * Which tokens fit into every kind of request: a token that is registered and then fits into no request could never be
 * checked or revoked.
 *
 * @param longest characters
 */
record TokenSyntax(int longest) {
    private static final int FIELD_NAMES = 64;

    /**
     * Half of the headers of a check, so that there is room for the others; half of a line and of a batch, because
     * JSON may escape a character as two; and a third of a body, because a form may encode it as three.
     */
    static TokenSyntax within(Configuration configuration) {
        HttpConfig http = configuration.http();
        long most = LongStream.of(
                        http.maxHeaderSize().bytes() / 2,
                        http.maxLineSize().bytes() / 2 - FIELD_NAMES,
                        http.maxBodySize().bytes() / 3 - FIELD_NAMES,
                        configuration.check().maxBodySize().bytes() / 2 - FIELD_NAMES)
                .min()
                .orElseThrow();
        return new TokenSyntax((int) Math.max(FIELD_NAMES, most));
    }

    /** Fails with a {@link Problem} of kind invalid. */
    void require(String field, String token) {
        if (token.length() > longest) {
            throw Problem.invalid(
                    field + ": " + token.length() + " characters (expected: at most " + longest + " characters)");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problem.invalid(field + ": a character that a header cannot carry (expected: visible ASCII)");
        }
    }
}
