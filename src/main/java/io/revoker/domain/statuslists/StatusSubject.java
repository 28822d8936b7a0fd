package io.revoker.domain.statuslists;

import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmId;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Traits;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a token that has an index, so that revocations find it.
 *
 * @param holder the user may be {@link #NO_USER}
 * @param facts without a scope and a {@code jti}
 * @param jti its id by its claim {@code jti}, see {@link TokenId#ofJti}
 */
public record StatusSubject(
        UserInRealm holder, Grant.Facts facts, Optional<TokenId> jti, TokenKind kind, Issuer issuer) {

    /** Of a token whose user is not known: no revocation names it. */
    public static final UserName NO_USER = UserName.stored("");

    /** Who has issued the token. */
    public enum Issuer {
        /** One whose JWTs are active without having been registered, so that their {@code iat} counts, too. */
        TRUSTED,
        OTHER
    }

    /**
     * A token of a grant.
     *
     * @param kind of the token, which the grant has
     */
    public static StatusSubject of(Grant grant, TokenKind kind, Issuer issuer) {
        Grant.Facts facts = grant.facts(kind);
        return new StatusSubject(
                grant.holder(),
                facts(facts.clientId(), facts.session(), facts.credential().keyId(), facts.issuedAt()),
                jti(grant.holder().realm(), facts.credential().jti()),
                kind,
                issuer);
    }

    /** Facts with nothing but what revocations select by. */
    public static Grant.Facts facts(String client, String session, String keyId, Instant issuedAt) {
        return new Grant.Facts(client, "", session, issuedAt, Credential.UNKNOWN.signedBy(keyId));
    }

    /** Empty if there is no {@code jti}. */
    public static Optional<TokenId> jti(RealmId realm, String jti) {
        return Optional.of(jti).filter(text -> !text.isEmpty()).map(text -> TokenId.ofJti(realm, text));
    }

    /**
     * What is known of the same token by now. Empty if it is another one.
     *
     * @param later says more, or the same
     */
    public Optional<StatusSubject> with(StatusSubject later) {
        boolean same = holder.realm().equals(later.holder.realm())
                && (holder.user().equals(NO_USER) || holder.user().equals(later.holder.user()))
                && fits(facts.clientId(), later.facts.clientId())
                && fits(facts.session(), later.facts.session())
                && fits(facts.credential().keyId(), later.facts.credential().keyId())
                && (jti.isEmpty() || later.jti.isEmpty() || jti.equals(later.jti));
        return same ? Optional.of(merged(later)) : Optional.empty();
    }

    private static boolean fits(String one, String other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private StatusSubject merged(StatusSubject later) {
        Grant.Facts both = facts(
                either(later.facts.clientId(), facts.clientId()),
                either(later.facts.session(), facts.session()),
                either(later.facts.credential().keyId(), facts.credential().keyId()),
                later.facts.issuedAt());
        return new StatusSubject(later.holder, both, later.jti.or(() -> jti), later.kind, later.issuer);
    }

    private static String either(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    /** What decides which marks cover it. */
    public Traits traits() {
        return new Traits(holder, facts, Set.of(kind));
    }
}
