package io.revoker.jwt;

import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.jwt.compact.CompactJws;
import io.revoker.jwt.compact.Members;
import io.revoker.jwt.keys.KeySet;
import io.revoker.jwt.keys.RealmKeys;
import io.revoker.jwt.signatures.SignatureWork;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the tokens of one realm. First what costs little: the header and the claims; then the signature, and only
 * for that a fetch of keys may be waited for.
 */
record TrustedRealm(Realm realm, RealmKeys keys, SignatureWork work, InstantSource time, KnownHeaders headers) {
    private static final Logger LOG = LoggerFactory.getLogger(TrustedRealm.class);
    /** Longer than any real token; all of it is hashed. */
    private static final int MOST_CHARACTERS = 16 * 1024;

    /**
     * What was found, and how long it may be remembered.
     *
     * @param by the keys that decided it, and that it holds with; empty if it must not be remembered
     */
    record Verdict(Finding finding, Optional<KeySet> by, Instant until) {
        static final Verdict REFUSED = new Verdict(Finding.REFUSED, Optional.empty(), Instant.EPOCH);
    }

    /** The same keys under other rules, which may admit other headers. */
    TrustedRealm under(Realm changed) {
        return new TrustedRealm(changed, keys, work, time, new KnownHeaders());
    }

    /** Whether it decides on a token that a caller asks about for this purpose. */
    boolean isAsked(RealmScope scope, Purpose purpose) {
        return scope.covers(realm.id()) && (purpose == Purpose.CHECK || realm.isTrusted());
    }

    /** Whether the realm of its issuer has the same keys. */
    boolean hasKeysIn(Map<String, TrustedRealm> byIssuer) {
        return Optional.ofNullable(byIssuer.get(realm.issuer()))
                .filter(found -> found.keys().equals(keys))
                .isPresent();
    }

    /** Whether the realm of its issuer has the same keys and the same rules. */
    boolean isIn(Map<String, TrustedRealm> byIssuer) {
        return equals(byIssuer.get(realm.issuer()));
    }

    /** Fails with a {@link Problem} while the keys that are needed could not be fetched. */
    Future<Verdict> verify(CompactJws jws, Purpose purpose) {
        try {
            Claimed claimed = claimed(jws, purpose);
            return signatures().decide(claimed.header(), jws, purpose).map(decision -> verdict(claimed, decision));
        } catch (Problem refused) {
            LOG.atDebug()
                    .addKeyValue("realm", realm.id())
                    .addKeyValue("cause", refused.text())
                    .log("JWT refused");
            return Future.succeededFuture(Verdict.REFUSED);
        }
    }

    IssuerSignatures signatures() {
        return new IssuerSignatures(keys, work);
    }

    /** What a token says of itself, as far as it holds without its signature. */
    private record Claimed(Header header, VerifiedJwt jwt) {}

    private Claimed claimed(CompactJws jws, Purpose purpose) {
        requireReadable(jws);
        Header header = headers.of(jws.headerText(), () -> Header.of(header(jws), realm.rules()));
        ClaimRules rules = new ClaimRules(realm, time.instant(), purpose);
        return new Claimed(header, rules.verify(jws.token(), new Members(jws.claims()), header.keyId()));
    }

    /** That of a JWS of bounded length that has a signature; fails with a {@link Problem}. */
    static Members readableHeader(CompactJws jws) {
        requireReadable(jws);
        return header(jws);
    }

    private static void requireReadable(CompactJws jws) {
        if (jws.token().length() > MOST_CHARACTERS) {
            throw Problem.invalid("token: too long (expected: at most " + MOST_CHARACTERS + " characters)");
        }
        if (jws.signature().isEmpty()) {
            throw Problem.invalid("signature: absent or not base64url (expected: one)");
        }
    }

    private static Members header(CompactJws jws) {
        return jws.header().map(Members::new).orElseThrow(() -> Problem.invalid("header: unreadable (expected: JSON)"));
    }

    private Verdict verdict(Claimed claimed, IssuerSignatures.Decision decision) {
        return switch (decision.signer()) {
            case OWNER ->
                new Verdict(
                        new Finding.Verified(claimed.jwt()),
                        decision.by(),
                        claimed.jwt().expiresAt().plus(realm.rules().skew()));
            case SOMEBODY_ELSE ->
                new Verdict(Finding.REFUSED, decision.by(), time.instant().plus(keys.interval()));
        };
    }
}
