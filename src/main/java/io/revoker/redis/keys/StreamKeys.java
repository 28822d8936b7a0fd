package io.revoker.redis.keys;

/** The keys of the streams of events, all in one slot. */
public final class StreamKeys {
    private final String prefix;

    StreamKeys(String prefix) {
        this.prefix = prefix + ":{streams}:";
    }

    /** Hash: whose each stream is, by its id. */
    public String ids() {
        return prefix + "ids";
    }

    /** Hash: a stream, see {@code StreamFields}. */
    public String stream(String id) {
        return prefix + "s:" + id;
    }

    /** Sorted set: the stamps of events that a stream has delivered ahead of others. */
    public String ahead(String id) {
        return prefix + "a:" + id;
    }
}
