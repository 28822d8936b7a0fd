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
 * The key schema. Braces are the Cluster hash tag: keys that must change atomically share a slot. With the prefix
 * {@code rv}, the service sends these commands for a pair of tokens of joe in the realm corp:
 *
 * <pre>
 * # register: the immutable record of each token, by a script that adds it only if it is not there
 * HSET rv:t:ZmF &lt;token id&gt; &lt;record&gt;
 * HSET rv:t:ZmF p&lt;eight bytes of both ids&gt; &lt;expiry of the pair&gt;
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
 * # then the sweep: joe's realms, and for each of them one script on joe's grants there
 * ZRANGE rv:u:201477 0 499 WITHSCORES
 * HVALS rv:g:{corp/7}joe
 * HSET rv:g:{corp/7}joe "" &lt;stamp&gt;
 * HINCRBY rv:s:{corp/7}1795363200000000 invalidated 2
 *
 * # revoke one JWT that is not registered: the log entry, and its tombstone
 * XADD rv:{log}:events MINID ~ 1795276800000000 1795363200000000-0 target jwt/&lt;id&gt;/1795364100/corp
 * SET rv:x:&lt;hash of realm and id&gt; 1795363200000000 NX EXAT 1795364101
 * # check one: the tombstones of its signed part and of its jti, and whether this node lacks a mark
 * GET rv:x:&lt;hash of realm and id&gt;
 * GET rv:x:&lt;hash of realm and id of its jti&gt;
 * GET rv:{log}:last
 *
 * # the events of a stream: what was delivered, and the entries of the log after that
 * HGETALL rv:{streams}:s:&lt;stream&gt;
 * XRANGE rv:{log}:events (1795363200000000-0 + COUNT 1000
 * </pre>
 *
 * <p>A hash of grants stays small, so that Redis keeps it compact and no script takes long to process it: a holder with
 * many grants has several {@linkplain Bundle bundles}, each a hash of its own, whose names are in a sorted set, {@code
 * rv:b:{corp/7}joe}.
 */
public final class Keys {
    private static final int BUCKET = 3;

    /** Hashes in a slice of the marks: with ten million marks a hash has three hundred, which Redis keeps compact. */
    private static final int MARK_BUCKETS = 32;

    private static final int MARK_SHIFT = Long.numberOfLeadingZeros((long) MarkStore.SLICES * MARK_BUCKETS - 1);

    /**
     * Of the 64 bits of a user's hash, the first 18 select the index set of the user's realms, and the next 24 are the
     * prefix of the user's members in it.
     */
    private static final int USER_BUCKET_BITS = 18;

    private static final int USER_BITS = 24;

    private final String records;
    private final String tombstones;
    private final String answers;
    private final String realmsOfUsers;
    private final String grants;
    private final String bundles;
    private final String realm;
    private final String totals;
    private final String marks;
    private final String prefix;
    private final String parts;
    private final String streams;
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
    /** Hash: the locks, see {@code RedisLockStore}. Lives as long as its longest lock. */
    public final String locks;

    public final String indexed;
    public final String indexing;

    public Keys(String prefix, int realmShards) {
        this.prefix = prefix;
        this.records = prefix + ":t:";
        this.tombstones = prefix + ":x:";
        this.answers = prefix + ":i:";
        this.realmsOfUsers = prefix + ":u:";
        this.grants = prefix + ":g:";
        this.bundles = prefix + ":b:";
        this.realm = prefix + ":r:";
        this.totals = prefix + ":s:";
        this.parts = prefix + ":{log}:parts:";
        this.streams = prefix + ":{streams}:";
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
        this.locks = prefix + ":{log}:locks";
        this.settled = prefix + ":{log}:settled";
        this.indexed = prefix + ":{log}:indexed";
        this.indexing = prefix + ":{log}:indexing";
    }

    /**
     * Hash: the immutable records of the tokens whose ids begin with the same three characters, see
     * {@code TokenRecord}, and beside those of the access tokens of pairs an entry for each, see {@code PairName}. A key of its own for each token would take three times the memory. Lives as long as its
     * longest token.
     */
    public String records(TokenId id) {
        return records(id.bytes());
    }

    /** The same, by the first bytes of the id. */
    public String records(byte[] id) {
        return records + Base64.getUrlEncoder().encodeToString(id).substring(0, BUCKET);
    }

    /** String: the stamp of the revocation of a JWT that need not be registered. Lives as long as the JWT. */
    public String tombstone(RealmId realm, TokenId id) {
        return tombstones + id.inRealm(realm).value();
    }

    /** Hash: answers that are kept for a caller who may repeat a request. Lives as long as its longest answer. */
    public String answers(String caller) {
        return answers + Escape.escape(caller);
    }

    /**
     * Hash: the grants of a bundle, see {@code GrantState}, and its newest sweep in the field {@code ""}. Lives as
     * long as its longest token.
     */
    public String grants(Bundle bundle) {
        String first = grants + tag(bundle.holder()) + user(bundle.holder());
        return bundle.isFirst() ? first : first + '/' + bundle.name();
    }

    /**
     * Sorted set: the bundles of a holder except the first, scored by their latest expiry. Lives as long as its last
     * member.
     */
    public String bundles(UserInRealm holder) {
        return bundles + tag(holder) + user(holder);
    }

    /**
     * Sorted set: the users of a shard with tokens, scored by their latest expiry. Lives as long as its last member.
     */
    public String users(String tag) {
        return realm + tag;
    }

    /**
     * Sorted set: the realms in which some users have tokens, each with the {@linkplain #memberPrefix prefix} of its
     * user, scored by the expiry of the last token. A set of its own for each user would take four times the memory. Lives
     * as long as its last member.
     */
    public String realms(UserName user) {
        return realmsOfUsers + (MarkId.ofUser(user) >>> (Long.SIZE - USER_BUCKET_BITS));
    }

    /**
     * The prefix of a user's realms in that set. If another user has the same prefix, these realms are searched for
     * that user too.
     */
    public String memberPrefix(UserName user) {
        int bits = (int) (MarkId.ofUser(user) << USER_BUCKET_BITS >>> (Long.SIZE - USER_BITS));
        byte[] bytes = {(byte) (bits >> 16), (byte) (bits >> 8), (byte) bits};
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /**
     * Hash: what a sweep has counted in a shard. Lives until the sweep ends, and at most a day after its last batch.
     */
    public String totals(String tag, Stamp sweep) {
        return totals + tag + sweep.micros();
    }

    /**
     * Set: the shards in which a sweep of a user may have counted something. Lives until the sweep ends, and at most a
     * day after its last batch.
     */
    public String parts(Stamp sweep) {
        return parts + sweep.micros();
    }

    /**
     * Hash: the marks whose ids begin with the same bits, see {@code RedisMarkStore}. Lives as long as a mark that is
     * raised now.
     */
    public String marks(long id) {
        return marks + (id >>> MARK_SHIFT);
    }

    /** Hash: whose each stream of events is, by its id. */
    public String streams() {
        return streams + "ids";
    }

    /** Hash: a stream of events, see {@code StreamFields}. */
    public String stream(String id) {
        return streams + "s:" + id;
    }

    /** Sorted set: the stamps of events that a stream has delivered ahead of others. */
    public String ahead(String id) {
        return streams + "a:" + id;
    }

    /** The log, and the hashes of a slice of the marks. */
    public List<String> markSlice(int number) {
        Stream<String> buckets = IntStream.range(number * MARK_BUCKETS, (number + 1) * MARK_BUCKETS)
                .mapToObj(bucket -> marks + bucket);
        return Stream.concat(Stream.of(events), buckets).toList();
    }

    /** The hash tag of a holder's shard of the realm, which all keys of the holder share. */
    public String tag(UserInRealm holder) {
        return tag(holder.realm(), Math.floorMod(holder.user().key().hashCode(), realmShards));
    }

    /** The hash tags of all shards of a realm. */
    public List<String> tags(RealmId id) {
        return IntStream.range(0, realmShards).mapToObj(shard -> tag(id, shard)).toList();
    }

    /** The hash tag of a shard of a realm. */
    public String tag(RealmId id, int shard) {
        return '{' + Escape.escape(id.key()) + '/' + shard + '}';
    }

    /** String without a meaning, written to see which writes the replicas have. Lives for a second. */
    public String replicationProbe(String tag) {
        return prefix + ":{" + tag + "}:replicated";
    }

    public int realmShards() {
        return realmShards;
    }

    private static String user(UserInRealm holder) {
        return Escape.escape(holder.user().key());
    }
}
