package io.revoker.redis.tokens;

/**
 * How much the store does at a time.
 *
 * @param pageSize holders a page of a scan has
 * @param pieceSize grants that one sweep script looks at; bounds how long Redis is busy with it
 * @param cachedRecords records that one event loop keeps
 */
public record StoreSettings(int pageSize, int pieceSize, int cachedRecords) {}
