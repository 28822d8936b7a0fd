package io.revoker.redis.keys;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The key schema. Braces are the Cluster hash tag: what must change in one instant shares a slot. With the prefix {@code rv}, what the service
 * sends is, for a pair of tokens of joe in the realm corp:
 *
 * <pre>
 * # register: the immutable record of each token, by a script that adds it only if it is not there
 * HSET rv:t:ZmF &lt;token id&gt; &lt;record&gt;
 * HSET rv:t:9wQ &lt;token id&gt; &lt;record&gt;
 * ZADD rv:u:201477 GT 1797954000 Yf3qcorp
 * GET rv:{log}:last
 * # then the index of realms and, by one script in one slot, the grant and the index of the realm's users
 * ZADD rv:realms GT 1797954000 corp
 * HSET rv:g:{corp/7}joe &lt;grant id&gt; &lt;state&gt;
 * ZADD rv:r:{corp/7} GT 1797954000 joe
 * GET rv:{log}:last
 *
 * # check (the record comes from the node's cache, once it was read): the state, and the newest sweep
 * HGET rv:t:ZmF &lt;token id&gt;
 * HMGET rv:g:{corp/7}joe &lt;grant id&gt; ""
 *
 * # revoke joe: the mark and the log entry, by one script
 * HSET rv:{log}:m:21207 &lt;mark id&gt; &lt;stamp&gt;
 * XADD rv:{log}:events MINID ~ 1795276800000000 1795363200000000-0 target user/joe
 * ZADD rv:{log}:leases 1795363210000 1795363200000000
 * HSET rv:{log}:sweeps 1795363200000000 "RUNNING user/joe 1795363200000 0 0 0 0 0 1795363200000000 ops -"
 * HSET rv:{log}:targets user/joe 1795363200000000
 * # then the sweep: joe's realms, and in each of them one script on what joe has there
 * ZRANGE rv:u:201477 0 499 WITHSCORES
 * HVALS rv:g:{corp/7}joe
 * HSET rv:g:{corp/7}joe "" &lt;stamp&gt;
 * HINCRBY rv:s:{corp/7}1795363200000000 invalidated 2
 * </pre>
 *
 * <p>A hash of grants stays small, so that Redis keeps it compact and a script is never long at it: a holder with many grants has several
 * {@linkplain Bundle bundles}, each a hash of its own, whose names are in a sorted set, {@code rv:b:{corp/7}joe}.
 */
public final class Keys {
    private static final int BUCKET = 3;

    /** Buckets of a slice of the marks: with ten million marks a bucket has three hundred, which Redis keeps compact. */
    private static final int MARK_BUCKETS = 32;

    private static final int MARK_SHIFT = Long.numberOfLeadingZeros((long) MarkStore.SLICES * MARK_BUCKETS - 1);

    /** Of the 64 bits that are known of a user, so many say which index set has the user's realms, and the next ones whose realm a member is. */
    private static final int USER_BUCKET_BITS = 18;

    private static final int USER_BITS = 24;

    private final String records;
    private final String realmsOfUsers;
    private final String grants;
    private final String bundles;
    private final String realm;
    private final String totals;
    private final String marks;
    private final String prefix;
    private final String parts;
    private final int realmShards;
    public final String realms;
    public final String events;
    public final String last;
    public final String clock;
    public final String leases;
    public final String sweeps;
    public final String ended;
    public final String told;
    public final String targets;
    public final String ready;
    public final String settled;
    public final String indexed;
    public final String indexing;

    public Keys(String prefix, int realmShards) {
        this.prefix = prefix;
        this.records = prefix + ":t:";
        this.realmsOfUsers = prefix + ":u:";
        this.grants = prefix + ":g:";
        this.bundles = prefix + ":b:";
        this.realm = prefix + ":r:";
        this.totals = prefix + ":s:";
        this.parts = prefix + ":{log}:parts:";
        this.realmShards = realmShards;
        this.realms = prefix + ":realms";
        this.marks = prefix + ":{log}:m:";
        this.events = prefix + ":{log}:events";
        this.last = prefix + ":{log}:last";
        this.clock = prefix + ":{log}:clock";
        this.leases = prefix + ":{log}:leases";
        this.sweeps = prefix + ":{log}:sweeps";
        this.ended = prefix + ":{log}:ended";
        this.told = prefix + ":{log}:told";
        this.targets = prefix + ":{log}:targets";
        this.ready = prefix + ":{log}:ready";
        this.settled = prefix + ":{log}:settled";
        this.indexed = prefix + ":{log}:indexed";
        this.indexing = prefix + ":{log}:indexing";
    }

    /**
     * Hash: the immutable records of the tokens whose ids begin with the same three characters, see {@code TokenRecord}. A key of its own for
     * each token would take three times the memory. Lives as long as its longest token.
     */
    public String records(TokenId id) {
        return records + id.value().substring(0, BUCKET);
    }

    /** Hash: the grants of a bundle, see {@code GrantState}, and under {@code ""} its newest sweep. Lives as long as its longest token. */
    public String grants(Bundle bundle) {
        String first = grants + tag(bundle.holder()) + user(bundle.holder());
        return bundle.isFirst() ? first : first + '/' + bundle.name();
    }

    /** Sorted set: the bundles of a holder but the first, scored by their latest expiry. Lives as long as its last member. */
    public String bundles(UserInRealm holder) {
        return bundles + tag(holder) + user(holder);
    }

    /** Sorted set: the users of a shard with tokens, scored by their latest expiry. Lives as long as its last member. */
    public String users(String tag) {
        return realm + tag;
    }

    /**
     * Sorted set: the realms in which some users have tokens, each behind {@link #behind} its user, scored by when the last of them expires. A set of its
     * own for each user would take four times the memory. Lives as long as its last member.
     */
    public String realms(UserName user) {
        return realmsOfUsers + (MarkId.ofUser(user) >>> (Long.SIZE - USER_BUCKET_BITS));
    }

    /** What the realms of a user begin with in that set. Another user with the same would be looked for in these realms, too. */
    public String behind(UserName user) {
        int bits = (int) (MarkId.ofUser(user) << USER_BUCKET_BITS >>> (Long.SIZE - USER_BITS));
        byte[] bytes = {(byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Hash: what a sweep has counted in a shard. Lives until the sweep ends, and for a day if nobody ends it. */
    public String totals(String tag, Stamp sweep) {
        return totals + tag + sweep.micros();
    }

    /** Set: the shards in which a sweep of a user may have counted something. Lives until the sweep ends, and for a day if nobody ends it. */
    public String parts(Stamp sweep) {
        return parts + sweep.micros();
    }

    /** Hash: the marks whose ids begin with the same bits, see {@code RedisMarkStore}. Lives as long as a mark raised now would. */
    public String marks(long id) {
        return marks + (id >>> MARK_SHIFT);
    }

    /** The log, and the hashes that a slice of the marks is in. */
    public List<String> markSlice(int number) {
        Stream<String> buckets = IntStream.range(number * MARK_BUCKETS, (number + 1) * MARK_BUCKETS)
                .mapToObj(bucket -> marks + bucket);
        return Stream.concat(Stream.of(events), buckets).toList();
    }

    /** What the keys of a holder share: the hash tag of its shard of the realm. */
    public String tag(UserInRealm holder) {
        return tag(holder.realm(), Math.floorMod(holder.user().key().hashCode(), realmShards));
    }

    /** Those of all shards of a realm. */
    public List<String> tags(RealmId id) {
        return IntStream.range(0, realmShards).mapToObj(shard -> tag(id, shard)).toList();
    }

    /** The hash tag of a shard of a realm. */
    public String tag(RealmId id, int shard) {
        return '{' + Escape.escape(id.key()) + '/' + shard + '}';
    }

    /** Text that means nothing, written to see how far replicas are. Lives for a second. */
    public String mark(String tag) {
        return prefix + ":{" + tag + "}:replicated";
    }

    public int realmShards() {
        return realmShards;
    }

    private static String user(UserInRealm holder) {
        return Escape.escape(holder.user().key());
    }
}
