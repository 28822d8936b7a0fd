/**
 * The names of everything that Revoker keeps in Redis, in one place.
 *
 * <p>Owns the key schema: {@link io.revoker.redis.keys.Keys}, and classes for the keys of the audit trail, which
 * are in the slot of the log, of streams and of status lists. Sends nothing.
 *
 * <p>With the prefix {@code rv}, the service sends these commands for a pair of tokens of joe in the realm corp:
 *
 * <pre>
 * # the first start
 * HSET rv:{log}:layout version 2 shards 16
 *
 * # register: the immutable record of each token, by a script that adds it only if it is not there
 * HSET rv:t:ZmF &lt;token id&gt; &lt;record&gt;
 * HSET rv:t:ZmF p&lt;eight bytes of both ids&gt; &lt;expiry of the pair&gt;
 * HSET rv:t:9wQ &lt;token id&gt; &lt;record&gt;
 * ZADD rv:u:201477 GT 1797954000 Yf3qcorp
 * GET rv:{log}:last
 * # then the index of realms and, by one script in one slot, the grant, in a hash of users with few tokens, and the
 * # index of these hashes
 * ZADD rv:realms GT 1797954000 corp
 * HSET rv:h:{corp/7}6 &lt;grant id&gt;joe &lt;state&gt;
 * ZADD rv:q:{corp/7} GT 1797954000 6
 * GET rv:{log}:last
 * # where one server has all slots, one script does all of this, if it is simple
 *
 * # check (the record comes from the node's cache, once it was read): the state, and the newest sweep
 * HGET rv:t:ZmF &lt;token id&gt;
 * HMGET rv:h:{corp/7}6 &lt;grant id&gt;joe ""
 *
 * # revoke joe: the mark and the log entry, by one script
 * HSET rv:{log}:m:21207 &lt;mark id&gt; &lt;stamp&gt;
 * XADD rv:{log}:events 1795363200000000-0 target user/joe
 * XTRIM rv:{log}:events MINID ~ 1795276800000000
 * SET rv:{log}:trimmed 1795276800000000
 * ZADD rv:{log}:leases 1795363210000 1795363200000000
 * HSET rv:{log}:sweeps 1795363200000000 "RUNNING user/joe 1795363200000 0 0 0 0 0 1795363200000000 ops -"
 * HSET rv:{log}:targets user/joe 1795363200000000
 * # then the sweep: joe's realms, and for each of them one script on joe's grants in shared hashes, and one on those
 * # in joe's own
 * ZRANGE rv:u:201477 0 499 WITHSCORES
 * ZMSCORE rv:q:{corp/7} 1 3 6 13
 * HGETALL rv:h:{corp/7}6
 * HSET rv:h:{corp/7}6 &lt;grant id&gt;joe &lt;state&gt;
 * HVALS rv:g:{corp/7}joe
 * HSET rv:g:{corp/7}joe "" &lt;stamp&gt;
 * HINCRBY rv:s:{corp/7}1795363200000000 invalidated 2
 *
 * # revoke one registered token: its grant, and the log entry with its expiry, the other one of its pair and its realm
 * HMGET rv:h:{corp/7}6 &lt;grant id&gt;joe ""
 * HSET rv:h:{corp/7}6 &lt;grant id&gt;joe &lt;state&gt;
 * XADD rv:{log}:events 1795363200000000-0 target access/&lt;id&gt; of 1795364100/-/corp
 *
 * # revoke one JWT that is not registered: its tombstone, and the log entry
 * SET rv:x:&lt;hash of realm and id&gt; 1 NX EXAT 1795364101
 * XADD rv:{log}:events 1795363200000000-0 target jwt/&lt;id&gt;/1795364100/corp
 * # check one: the tombstones of its signed part and of its jti, and whether this node lacks a mark
 * GET rv:x:&lt;hash of realm and id&gt;
 * GET rv:x:&lt;hash of realm and id of its jti&gt;
 * GET rv:{log}:last
 *
 * # a follower confirms a stamp, by one script
 * HSET rv:{log}:followers gateway-1/gateways "1795363200000000 5000 1795363200000412 1795363200000412 *"
 *
 * # a place in a status list, which list it is of, and whose it is
 * HSETNX rv:l:{&lt;list&gt;} &lt;index&gt; &lt;allocation&gt;
 * RPUSH rv:l:{&lt;list&gt;}o &lt;index&gt;
 * HSET rv:y:ZmF &lt;token id&gt; &lt;index and list&gt;
 *
 * # the events of a stream: what was delivered, and the entries of the log after that
 * HGETALL rv:{streams}:s:&lt;stream&gt;
 * XRANGE rv:{log}:events (1795363200000000-0 + COUNT 1000
 * </pre>
 *
 * <p>A hash of grants stays small, so that Redis keeps it compact and no script takes long to process it: holders with
 * few grants {@linkplain io.revoker.redis.keys.SharedHash share} hashes, and a holder with many has several
 * {@linkplain io.revoker.redis.keys.Bundle bundles}, each a hash of its own, whose names are in
 * a sorted set, {@code rv:b:{corp/7}joe}.
 */
@NullMarked
package io.revoker.redis.keys;

import org.jspecify.annotations.NullMarked;
