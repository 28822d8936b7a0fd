package io.revoker.feed;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest single tokens and pairs whose revocation this node has acknowledged or read: if the store loses them, they
 * can be invalidated again. They take a fixed share of the heap; beyond that the oldest are forgotten.
 */
final class RecentTokens {
    /** Divisor: this part of the heap is used at most. */
    private static final int HEAP_SHARE = 64;

    /** An id of 32 bytes, its realm, its times, its entry, and the slot for that. A pair has a second entry. */
    private static final int BYTES_EACH = 256;

    private final long most;
    private final Map<Name, RevokedToken> recent = new LinkedHashMap<>();
    /** The pairs among them, by the first bits of the token that was named. */
    private final Map<Pair, RevokedToken> pairs = new HashMap<>();

    /** The same id in another realm names another JWT. */
    private record Name(Optional<RealmId> realm, TokenId id) {
        Pair pair() {
            return new Pair(realm, id.firstBits());
        }
    }

    private record Pair(Optional<RealmId> realm, long bits) {}

    RecentTokens() {
        this(Runtime.getRuntime().maxMemory() / HEAP_SHARE / BYTES_EACH);
    }

    RecentTokens(long most) {
        this.most = most;
    }

    /**
     * A revocation that is acknowledged here is read from the log a moment later: it may be added twice, the second
     * time late.
     */
    synchronized void add(RevokedToken revoked) {
        Name name = new Name(revoked.realm(), revoked.id());
        RevokedToken now =
                Optional.ofNullable(recent.remove(name)).map(revoked::and).orElse(revoked);
        recent.put(name, now); // at the newest end
        if (!now.ofGrant().equals(Stamp.NONE)) {
            pairs.put(name.pair(), now);
        }
        while (recent.size() + pairs.size() > most) {
            Name oldest = recent.keySet().iterator().next();
            recent.remove(oldest);
            pairs.remove(oldest.pair());
        }
    }

    /** Whether the token was revoked, by itself or with its pair. */
    synchronized boolean contain(Token token) {
        return contain(token, Optional.empty())
                || contain(token, Optional.of(token.holder().realm()));
    }

    private boolean contain(Token token, Optional<RealmId> realm) {
        Stamp birth = token.birth();
        Optional<RevokedToken> itself = Optional.ofNullable(recent.get(new Name(realm, token.id())));
        Optional<RevokedToken> pair =
                token.partner().flatMap(bits -> Optional.ofNullable(pairs.get(new Pair(realm, bits))));
        return itself.filter(revoked -> !revoked.isAnother(token))
                        .flatMap(revoked -> revoked.extentFor(birth))
                        .isPresent()
                || pair.filter(revoked -> revoked.ofGrant().isAfter(birth)).isPresent();
    }

    /** Whether the realm has a tombstone for one of the ids. */
    synchronized boolean haveTombstoneOf(RealmId realm, Collection<TokenId> ids) {
        return ids.stream().anyMatch(id -> recent.containsKey(new Name(Optional.of(realm), id)));
    }

    /** Oldest first. */
    synchronized List<RevokedToken> all() {
        return List.copyOf(recent.values());
    }
}
