package io.revoker.http.check;

import io.revoker.domain.TokenType;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * The token of the one Authorization header (RFC 6750, section 2.1; RFC 9449, section 7.1).
 *
 * @param scheme {@link TokenType#BEARER} or {@link TokenType#DPOP}
 */
record PresentedToken(TokenType scheme, String token) {
    private static final String BEARER = "Bearer ";
    private static final String DPOP = "DPoP ";

    static Optional<PresentedToken> of(MultiMap headers) {
        List<String> values = headers.getAll(HttpHeaders.AUTHORIZATION);
        if (values.size() != 1) {
            return Optional.empty();
        }
        String value = values.get(0);
        return after(BEARER, value)
                .map(token -> new PresentedToken(TokenType.BEARER, token))
                .or(() -> after(DPOP, value).map(token -> new PresentedToken(TokenType.DPOP, token)));
    }

    private static Optional<String> after(String scheme, String value) {
        return value.regionMatches(/* ignoreCase= */ true, 0, scheme, 0, scheme.length())
                ? Optional.of(value.substring(scheme.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "PresentedToken[scheme=" + scheme + "]";
    }
}
