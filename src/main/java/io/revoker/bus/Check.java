package io.revoker.bus;

import io.revoker.domain.RealmScope;
import io.revoker.domain.Signature;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.jwt.JwtVerifier.Finding;

/**
 * Asks whether a token is active; the reply is a {@link io.revoker.domain.Verdict}.
 *
 * @param signature that the token is presented with: a token with another signature than the registered one is another
 * token; not looked at if the finding is that it holds
 * @param scope the realms that the caller may see: a token of another realm is unknown
 * @param kinds that the caller accepts: a live token of another kind is
 * {@link io.revoker.domain.Verdict.Status#OTHER_KIND}
 * @param finding of the verification of the token, if it is a JWT of a trusted issuer
 */
public record Check(TokenId id, Signature signature, RealmScope scope, Kinds kinds, Finding finding) {

    /** Which kinds of tokens may be active. */
    public enum Kinds {
        /**
         * For a caller that grants access to the sender of the token: a refresh token must not grant access (RFC 6749,
         * section 1.5).
         */
        ACCESS,
        /** For a caller that looks at the kind. */
        BOTH;

        public boolean include(TokenKind kind) {
            return this == BOTH || kind == TokenKind.ACCESS;
        }
    }

    public Check(String token, RealmScope scope, Kinds kinds, Finding finding) {
        this(id(token, finding), signature(token, finding), scope, kinds, finding);
    }

    private static TokenId id(String token, Finding finding) {
        return finding instanceof Finding.Verified verified ? verified.jwt().id() : TokenId.of(token);
    }

    /** That of a JWT was verified already. */
    private static Signature signature(String token, Finding finding) {
        return finding instanceof Finding.Verified ? Signature.UNRECORDED : Signature.of(token);
    }

    /** Checks a token that is active only if it was registered. */
    public Check(String token, RealmScope scope, Kinds kinds) {
        this(token, scope, kinds, Finding.FOREIGN);
    }

    /** The same for a token that only its id and signature are known of. */
    public Check(TokenId id, Signature signature, RealmScope scope, Kinds kinds) {
        this(id, signature, scope, kinds, Finding.FOREIGN);
    }

    /** Checks an access token. */
    public Check(String token, RealmScope scope) {
        this(token, scope, Kinds.ACCESS);
    }
}
