package io.revoker.redis.tokens;

import io.revoker.domain.TokenId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The most recently read records, as they are stored. Records never change, so a copy is never stale; used by one
 * event loop only. When it is full the oldest is evicted (FIFO): moving a record up at every hit (LRU) would cost more
 * than reading one again now and then.
 *
 * <p>It keeps bytes, not decoded objects: the garbage collector copies new objects several times, and pauses the JVM
 * for that.
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

    /** Needed when the token of a record is gone: its id may be registered again one day. */
    void remove(TokenId id) {
        records.remove(id);
    }
}
