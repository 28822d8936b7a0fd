package io.revoker.redis.keys;

import io.revoker.domain.RealmId;
import io.revoker.domain.Stamp;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The key schema; the package has the commands as they are sent. Braces are the Cluster hash tag: keys that must change
 * atomically share a slot.
 */
public final class Keys {
    private final String records;
    private final String tombstones;
    private final String answers;
    private final String realmsOfUsers;
    private final String grants;
    private final String bundles;
    private final String shared;
    private final String sharedHashes;
    private final String realm;
    private final String totals;
    private final String prefix;
    private final String parts;
    private final int realmShards;
    public final String realms;
    public final String events;
    public final String last;
    public final String clock;

    /** String: a stamp; entries of the log that are older may have been trimmed. */
    public final String trimmed;

    public final String leases;
    public final String sweeps;
    public final String ended;
    public final String told;
    public final String targets;
    public final String ready;
    public final String settled;
    /** Hash: the locks, see {@code RedisLockStore}. Lives as long as its longest lock. */
    public final String locks;

    /** Hash: the followers, see {@code FollowerText}. Lives as long as the one that was heard of last. */
    public final String followers;

    /** Hash: the leases of instances that answer checks from memory, see {@code RedisNearLeases}. */
    public final String near;

    /** Hash: the version of the layout, and the number of shards of a realm. Stays. */
    public final String layout;

    public final MarkKeys marks;
    public final StreamKeys streams;
    public final AuditKeys audit;
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
        this.shared = prefix + ":h:";
        this.sharedHashes = prefix + ":q:";
        this.realm = prefix + ":r:";
        this.totals = prefix + ":s:";
        this.parts = prefix + ":{log}:parts:";
        this.streams = new StreamKeys(prefix);
        this.audit = new AuditKeys(prefix);
        this.realmShards = realmShards;
        this.realms = prefix + ":realms";
        this.events = prefix + ":{log}:events";
        this.marks = new MarkKeys(prefix, events);
        this.last = prefix + ":{log}:last";
        this.clock = prefix + ":{log}:clock";
        this.trimmed = prefix + ":{log}:trimmed";
        this.leases = prefix + ":{log}:leases";
        this.sweeps = prefix + ":{log}:sweeps";
        this.ended = prefix + ":{log}:ended";
        this.told = prefix + ":{log}:told";
        this.targets = prefix + ":{log}:targets";
        this.ready = prefix + ":{log}:ready";
        this.locks = prefix + ":{log}:locks";
        this.settled = prefix + ":{log}:settled";
        this.followers = prefix + ":{log}:followers";
        this.near = prefix + ":{log}:near";
        this.layout = prefix + ":{log}:layout";
        this.indexed = prefix + ":{log}:indexed";
        this.indexing = prefix + ":{log}:indexing";
    }

    /**
     * Hash: the immutable records of the tokens whose ids begin with the same three characters, see
     * {@code TokenRecord}, and beside those of the access tokens of pairs an entry for each, see {@code PairName}. A
     * key of its own for each token would take three times the memory. Lives as long as its longest token.
     */
    public String records(TokenId id) {
        return records(id.bytes());
    }

    /** The same, by the first bytes of the id. */
    public String records(byte[] id) {
        return records + TokenBits.bucket(id);
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
        String tag = tag(bundle.holder());
        if (bundle.isShared()) {
            return shared + tag + bundle.name();
        }
        String first = grants + tag + Escape.escape(bundle.holder().user().key());
        return bundle.isFirst() ? first : first + '/' + bundle.name();
    }

    /** The same of a shared one. */
    public String grants(SharedHash hash) {
        return shared + tag(hash) + hash.number();
    }

    /** Sorted set: the shared hashes of a shard, scored by their latest expiry. Lives as long as its last member. */
    public String shared(String tag) {
        return sharedHashes + tag;
    }

    /** The index set through which a sweep of the realm finds a bundle. */
    public String index(Bundle bundle) {
        return bundle.isShared() ? shared(tag(bundle.holder())) : users(tag(bundle.holder()));
    }

    /** Sorted set: a holder's bundles but the first, scored by their expiry. Lives as long as its last member. */
    public String bundles(UserInRealm holder) {
        return bundles + tag(holder) + Escape.escape(holder.user().key());
    }

    /** Sorted set: users of a shard with own hashes, scored by their expiry. Lives as long as its last member. */
    public String users(String tag) {
        return realm + tag;
    }

    /**
     * Sorted set: the realms in which some users have tokens, each with the {@linkplain #memberPrefix prefix} of its
     * user, scored by the expiry of the last token. A set of its own for each user would take four times the memory.
     * Lives as long as its last member.
     */
    public String realms(UserName user) {
        return realmsOfUsers + UserBits.bucket(user);
    }

    /**
     * The prefix of a user's realms in that set. If another user has the same prefix, these realms are searched for
     * that user too.
     */
    public String memberPrefix(UserName user) {
        return UserBits.prefix(user);
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

    /** The hash tag of a holder's shard of the realm, which all keys of the holder share. */
    public String tag(UserInRealm holder) {
        return tag(holder.realm(), Math.floorMod(holder.user().key().hashCode(), realmShards));
    }

    /** The hash tag of the shard that a holding is in. */
    public String tag(Holding holding) {
        return holding.holder()
                .map(this::tag)
                .orElseGet(() -> tag(SharedHash.of(holding).orElseThrow()));
    }

    private String tag(SharedHash hash) {
        return tag(hash.realm(), hash.shard());
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
}
