package io.revoker.redis.tokens;

/**
 * How much the store does at a time.
 *
 * @param pageSize holders in a page of a scan
 * @param pieceSize grants that one sweep script looks at; bounds how long it blocks Redis
 * @param cachedRecords records that one event loop caches
 */
public record StoreSettings(int pageSize, int pieceSize, int cachedRecords) {}
