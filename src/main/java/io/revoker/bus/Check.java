package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;

/**
 * Asks whether a token is active; the reply is a {@link io.revoker.domain.Verdict}.
 *
 * @param signature what the token is shown with: another one than it was registered with is another token
 * @param scope the realms that the caller may see: a token of another realm is unknown
 * @param kinds those that the caller lets in: a live token of another kind is {@link io.revoker.domain.Verdict.Status#OTHER_KIND}
 */
public record Check(TokenId id, Signature signature, RealmScope scope, Kinds kinds) {

    /** Which kinds of tokens may be active. */
    public enum Kinds {
        /** For whoever lets a request through that shows the token: a refresh token opens nothing there (RFC 6749, section 1.5). */
        ACCESS,
        /** For whoever looks at the kind. */
        BOTH;

        public boolean include(TokenKind kind) {
            return this == BOTH || kind == TokenKind.ACCESS;
        }
    }

    public Check(String token, RealmScope scope, Kinds kinds) {
        this(TokenId.of(token), Signature.of(token), scope, kinds);
    }

    /** Asks of an access token. */
    public Check(String token, RealmScope scope) {
        this(token, scope, Kinds.ACCESS);
    }
}
