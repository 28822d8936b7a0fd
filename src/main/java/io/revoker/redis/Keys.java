package io.revoker.redis;

import io.revoker.domain.RealmId;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import java.util.function.IntFunction;

/**
 * The key schema. Braces are the Cluster hash tag: what must change in one instant shares a slot. With the prefix {@code rv}, what the service
 * sends is, for a pair of tokens of joe in the realm corp:
 *
 * <pre>
 * # register: the immutable record of each token, by a script that adds it only if it is not there
 * HSET rv:t:ZmF &lt;token id&gt; &lt;record&gt;
 * HSET rv:t:9wQ &lt;token id&gt; &lt;record&gt;
 * GET rv:{log}:last
 * # then the index sets, each by a script that keeps a key as long as its longest member
 * ZADD rv:realms GT 1797954000 corp
 * ZADD rv:r:{corp/7} GT 1797954000 joe
 * # and the grant, by the first script again
 * HSET rv:g:{corp/joe} &lt;grant id&gt; &lt;state&gt;
 * GET rv:{log}:last
 *
 * # check (the record comes from the node's cache, once it was read)
 * HGET rv:t:ZmF &lt;token id&gt;
 * HGET rv:g:{corp/joe} &lt;grant id&gt;
 *
 * # revoke joe: the mark and the log entry, by one script
 * ZADD rv:{log}:marks GT 1795363200000000 user/joe
 * XADD rv:{log}:events MINID ~ 1795276800000000 1795363200000000-0 target user/joe
 * # then the sweep: the realms, and in each of them one script on the grants of joe
 * ZSCAN rv:realms 0 COUNT 100
 * HGETALL rv:g:{corp/joe}
 * HSET rv:g:{corp/joe} &lt;grant id&gt; &lt;state&gt; &lt;grant id&gt; &lt;state&gt;
 * </pre>
 */
final class Keys {
    private static final int BUCKET = 3;

    private final String records;
    private final String grants;
    private final String realm;
    private final int realmShards;
    final String realms;
    final String marks;
    final String events;
    final String last;
    final String clock;
    final String ready;

    Keys(String prefix, int realmShards) {
        this.records = prefix + ":t:";
        this.grants = prefix + ":g:{";
        this.realm = prefix + ":r:{";
        this.realmShards = realmShards;
        this.realms = prefix + ":realms";
        this.marks = prefix + ":{log}:marks";
        this.events = prefix + ":{log}:events";
        this.last = prefix + ":{log}:last";
        this.clock = prefix + ":{log}:clock";
        this.ready = prefix + ":{log}:ready";
    }

    /**
     * Hash: the immutable records of the tokens whose ids begin with the same three characters, see {@link TokenRecord}. A key of its own for
     * each token would take three times the memory. Lives as long as its longest token.
     */
    String records(TokenId id) {
        return records + id.value().substring(0, BUCKET);
    }

    /** Hash: the grants of a user in a realm, see {@link GrantState}. Lives as long as its longest token. */
    String grants(UserInRealm holder) {
        return grants
                + Escape.escape(holder.realm().value())
                + '/'
                + Escape.escape(holder.user().value())
                + '}';
    }

    /** Sorted set: the users of a realm with tokens, scored by their latest expiry. Lives as long as its last member. */
    String realmShard(UserInRealm holder) {
        return shardsOf(holder.realm())
                .apply(Math.floorMod(holder.user().value().hashCode(), realmShards));
    }

    /** The keys of all shards of a realm, by their number. */
    IntFunction<String> shardsOf(RealmId id) {
        String start = realm + Escape.escape(id.value()) + '/';
        return shard -> start + shard + '}';
    }

    int realmShards() {
        return realmShards;
    }
}
