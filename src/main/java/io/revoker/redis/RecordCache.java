package io.revoker.redis;

import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The records that were read or written last. They never change, so a copy is never stale; used by one event loop only. */
final class RecordCache {
    private final Map<TokenId, TokenRecord> records;

    RecordCache(int size) {
        records = new LinkedHashMap<>(256, 0.75f, /* accessOrder= */ true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TokenId, TokenRecord> eldest) {
                return size() > size;
            }
        };
    }

    Optional<TokenRecord> get(TokenId id) {
        return Optional.ofNullable(records.get(id));
    }

    void put(TokenId id, TokenRecord tokenRecord) {
        records.put(id, tokenRecord);
    }

    /** Needed when the token behind a record is gone: its id may one day be registered anew. */
    void remove(TokenId id) {
        records.remove(id);
    }
}
