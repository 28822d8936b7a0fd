package io.revoker.http.check;

import io.revoker.domain.Credential;
import io.revoker.domain.Token;
import io.revoker.domain.TokenType;
import io.revoker.domain.Verdict;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** Why a token is refused, as {@code WWW-Authenticate} states it (RFC 6750, section 3; RFC 9449, section 7.1). */
final class Challenge {
    static final CharSequence HEADER = HttpHeaders.createOptimized("WWW-Authenticate");
    static final CharSequence NO_TOKEN = HttpHeaders.createOptimized("Bearer");

    private static final CharSequence REVOKED = bearer("revoked");
    private static final CharSequence UNKNOWN = bearer("unknown or expired");
    private static final CharSequence NO_ACCESS_TOKEN = bearer("not an access token");
    private static final CharSequence NOT_BOUND = bearer("not bound to a key");
    private static final CharSequence DPOP_REVOKED = dpop("revoked");
    private static final CharSequence DPOP_UNKNOWN = dpop("unknown or expired");
    private static final CharSequence DPOP_NO_ACCESS_TOKEN = dpop("not an access token");
    private static final CharSequence BOUND = dpop("bound to a key");

    private Challenge() {}

    private static CharSequence bearer(String reason) {
        return invalidToken("Bearer", reason);
    }

    private static CharSequence dpop(String reason) {
        return invalidToken("DPoP", reason);
    }

    private static CharSequence invalidToken(String scheme, String reason) {
        return HttpHeaders.createOptimized(scheme + " error=\"invalid_token\", error_description=\"" + reason + '"');
    }

    /** Empty if the token is accepted. */
    static Optional<CharSequence> ifRefused(Verdict verdict, TokenType scheme) {
        boolean dpop = scheme == TokenType.DPOP;
        return switch (verdict.status()) {
            case ACTIVE -> ofBinding(verdict.token().orElseThrow(), dpop);
            case INVALIDATED -> Optional.of(dpop ? DPOP_REVOKED : REVOKED);
            case UNKNOWN -> Optional.of(dpop ? DPOP_UNKNOWN : UNKNOWN);
            case OTHER_KIND -> Optional.of(dpop ? DPOP_NO_ACCESS_TOKEN : NO_ACCESS_TOKEN);
        };
    }

    /**
     * A token that is bound to a key is refused if the sender does not use the scheme {@code DPoP} (RFC 9449, section
     * 7.2), and a token that is known to be a bearer token is refused if the sender does. The guarded service has to
     * verify the proof: only it knows the request that was sent to it.
     */
    private static Optional<CharSequence> ofBinding(Token token, boolean dpop) {
        Credential credential = token.facts().credential();
        if (!dpop && credential.needsProof()) {
            return Optional.of(BOUND);
        }
        return dpop && credential.type() == TokenType.BEARER ? Optional.of(NOT_BOUND) : Optional.empty();
    }
}
