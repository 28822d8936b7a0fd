package io.revoker.redis.tokens;

import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The records that were read last, as they are stored. They never change, so a copy is never stale; used by one event loop only. When it is full the
 * oldest goes: to move a record up at every hit would cost more than to read one again now and then.
 *
 * <p>Bytes and not what they say: the collector copies what is new here several times, and stops everything meanwhile.
 */
final class RecordCache {
    private final Map<TokenId, byte[]> records;

    RecordCache(int size) {
        records = new LinkedHashMap<>(256) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<TokenId, byte[]> eldest) {
                return size() > size;
            }
        };
    }

    Optional<TokenRecord> get(TokenId id) {
        return Optional.ofNullable(records.get(id)).map(TokenRecord::decode);
    }

    void put(TokenId id, byte[] record) {
        records.put(id, record);
    }

    /** Needed when the token behind a record is gone: its id may one day be registered anew. */
    void remove(TokenId id) {
        records.remove(id);
    }
}
