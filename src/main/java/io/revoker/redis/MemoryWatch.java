package io.revoker.redis;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once that the memory of Redis is full, and once that it no longer is; used by one event loop only. */
final class MemoryWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatch.class);

    private boolean full;

    void isFull() {
        if (!full) {
            LOG.warn("redis memory full, registrations are refused, revocations and checks go on");
        }
        full = true;
    }

    void hasRoom() {
        if (full) {
            LOG.info("redis memory has room again");
        }
        full = false;
    }
}
