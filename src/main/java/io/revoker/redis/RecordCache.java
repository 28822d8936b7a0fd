package io.revoker.redis;

import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The records that were read last, each with where its state is. They never change, so a copy is never stale; used by one event loop only. When it is
 * full the oldest goes: to move a record up at every hit would cost more than to read one again now and then.
 */
final class RecordCache {
    private final Map<TokenId, Known> known;

    /**
     * A record that was read.
     *
     * @param key of the hash that its grant is in
     */
    record Known(TokenRecord content, GrantId grant, String key) {}

    RecordCache(int size) {
        known = new LinkedHashMap<>(256) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TokenId, Known> eldest) {
                return size() > size;
            }
        };
    }

    Optional<Known> get(TokenId id) {
        return Optional.ofNullable(known.get(id));
    }

    void put(TokenId id, Known read) {
        known.put(id, read);
    }

    /** Needed when the token behind a record is gone: its id may one day be registered anew. */
    void remove(TokenId id) {
        known.remove(id);
    }
}
