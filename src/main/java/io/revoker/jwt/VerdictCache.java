package io.revoker.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.revoker.domain.Sha256;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.jwt.TrustedRealm.Verdict;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Verdicts by the hash of the whole token: a signature is verified once. One is good until its token expires, or until
 * the keys of its realm, or its realm, change. A different form of the same signature is another token here.
 */
final class VerdictCache {
    private final Cache<TokenHash, Remembered> cache;

    /** The SHA-256 of a token: of the whole, so that no second token can have the verdict of the first. */
    record TokenHash(long first, long second, long third, long last) {
        static TokenHash of(String token) {
            ByteBuffer hash = Sha256.of(token);
            return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
        }
    }

    private record Remembered(TrustedRealm realm, Verdict verdict) {
        boolean holds(Instant now, Predicate<TrustedRealm> trusted) {
            return now.isBefore(verdict.until())
                    && trusted.test(realm)
                    && realm.keys().state().keys().equals(verdict.by());
        }
    }

    VerdictCache(int size) {
        this.cache =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
    }

    /** @param trusted whether a realm is in force, the very one */
    Optional<Finding> find(TokenHash token, Instant now, Predicate<TrustedRealm> trusted) {
        return Optional.ofNullable(cache.getIfPresent(token))
                .filter(remembered -> remembered.holds(now, trusted))
                .map(remembered -> remembered.verdict().finding());
    }

    void remember(TokenHash token, TrustedRealm realm, Verdict verdict) {
        if (verdict.by().isPresent()) {
            cache.put(token, new Remembered(realm, verdict));
        }
    }
}
