package io.revoker.redis.index;

import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.redis.keys.SharedHash;
import io.revoker.redis.link.Call;
import io.revoker.redis.link.RedisLink;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Says which level of the {@linkplain SharedHash shared hashes} of a shard the next grant goes to; used by one event
 * loop only.
 *
 * <p>Event loops need not agree: each learns from the sizes of the hashes that it writes to when a level is full. What
 * it knows of a shard it asks anew from time to time, by the number of hashes that there are: when tokens have expired,
 * a lower level has room again.
 */
public final class SharedLevels {
    private static final int KNOWN_SHARDS = 50_000;
    private static final long KNOWN_NANOS = TimeUnit.HOURS.toNanos(1);

    /** The share of the newest hash in the mean of those that were written to. */
    private static final double NEWEST = 0.125;

    private final RedisLink link;
    private final IndexScan index;
    private final Keys keys;
    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > KNOWN_SHARDS;
        }
    };

    private final Set<String> asking = new HashSet<>();

    public SharedLevels(RedisLink link, Keys keys) {
        this.link = link;
        this.index = new IndexScan(link);
        this.keys = keys;
    }

    /**
     * What is known of a shard.
     *
     * @param grants mean of the hashes that were written to
     * @param since when it was asked, on the clock of {@link System#nanoTime}
     */
    private record Level(int number, double grants, long since) {
        Level after(int entries) {
            return new Level(number, grants + NEWEST * (entries - grants), since);
        }

        boolean isFull() {
            return grants >= SharedHash.FULL && number < SharedHash.LEVELS - 1;
        }

        /** Unless there are too few hashes: a few users with many tokens use the first levels only. */
        Level next(long hashes) {
            return new Level(4 * hashes >= 3L << number ? number + 1 : number, 0, since);
        }
    }

    /** The level for the next grant of a holder. */
    public Future<Integer> next(UserInRealm holder) {
        String tag = keys.tag(holder);
        Level known = levels.get(tag);
        if (known != null && System.nanoTime() - known.since() < KNOWN_NANOS) {
            return Future.succeededFuture(known.number());
        }
        long since = known == null ? 0 : known.since();
        return index.size(keys.shared(tag))
                .compose(hashes -> withRoom(holder, last(hashes)))
                .map(asked -> levels.merge(tag, asked, (one, other) -> one.since() == since ? other : one)
                        .number());
    }

    /** The last level, if there are all hashes of it and of those before it. */
    private static int last(long hashes) {
        int bits = Long.SIZE - 1 - Long.numberOfLeadingZeros(hashes + 1);
        return Math.min(Math.max(0, bits - 1), SharedHash.LEVELS - 1);
    }

    /** From a level on the first one whose hash for the holder is not full: so none grows, whoever asks how often. */
    private Future<Level> withRoom(UserInRealm holder, int level) {
        return link.send(Call.of(Command.HLEN, keys.grants(Bundle.shared(holder, level))))
                .compose(entries -> entries.toInteger() < Bundle.SIZE || level == SharedHash.LEVELS - 1
                        ? Future.succeededFuture(new Level(level, entries.toInteger(), System.nanoTime()))
                        : withRoom(holder, level + 1));
    }

    /**
     * Learns the number of entries in a hash after a grant was added to it. If the hashes of the level are full, and
     * there are as many as most of a level, the next grant goes to the next level.
     *
     * @param tag of the shard
     * @param level that of the hash
     */
    public void written(String tag, int level, int entries) {
        Level known = levels.computeIfPresent(tag, (same, last) -> last.number() == level ? last.after(entries) : last);
        if (known != null && known.isFull() && asking.add(tag)) {
            index.size(keys.shared(tag))
                    .onComplete(asked -> asking.remove(tag))
                    .onSuccess(hashes -> levels.computeIfPresent(
                            tag, (same, last) -> last.number() == known.number() ? last.next(hashes) : last));
        }
    }

    /** Forgets what is known of the server: it may have been replaced by one that has lost data. */
    public void forget() {
        levels.clear();
    }
}
