package io.revoker.redis.keys;

import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some of the grants of a holder: those of one hash. It is shared with other users of the same shard, or the holder's
 * own: a holder with many grants has hashes of their own.
 *
 * @param number 0 for the first own one, 1 to 65,535 for the others. A holder with many bundles has about
 * {@link #SIZE} grants in each: a registration that finds a bundle full makes later ones use another. From 65,536 on
 * the level of a {@link SharedHash}
 */
public record Bundle(UserInRealm holder, int number) {
    /**
     * Together with the two fields that are not grants, the hash is still a listpack under the defaults of every
     * Redis.
     */
    public static final int SIZE = 100;

    public static final int LAST = 0xFFFF;

    /** The longest name of a field in a listpack, in bytes, under the defaults of every Redis. */
    private static final int LONGEST_FIELD = 64;

    private static final String OWN = "own";

    public static Bundle first(UserInRealm holder) {
        return new Bundle(holder, 0);
    }

    /**
     * One that is shared.
     *
     * @throws IllegalArgumentException if there is no such level, see {@link SharedHash#LEVELS}
     */
    public static Bundle shared(UserInRealm holder, int level) {
        if (level < 0 || level >= SharedHash.LEVELS) {
            throw new IllegalArgumentException("level: " + level);
        }
        return new Bundle(holder, LAST + 1 + level);
    }

    /** The bundle of a grant in a shared hash, by its {@linkplain #field field}; empty if the field is no grant's. */
    public static Optional<Bundle> in(SharedHash hash, byte[] field) {
        return SharedHash.user(field).map(user -> shared(new UserInRealm(hash.realm(), user), hash.level()));
    }

    /** The shared ones in which a holder may have grants, from level 0 on. */
    public static Stream<Bundle> allShared(UserInRealm holder) {
        return IntStream.range(0, SharedHash.LEVELS).mapToObj(level -> shared(holder, level));
    }

    /** Whether the grants of a holder fit into a shared hash: the fields have the user's name. */
    public static boolean canShare(UserInRealm holder) {
        return Long.BYTES + name(holder).length <= LONGEST_FIELD;
    }

    /** The tokens in the hashes that are a holder's own. */
    public static Holding own(UserInRealm holder) {
        return new Holding(holder.realm(), Optional.of(holder.user()), OWN);
    }

    /** Whether a holding has what its holder has in shared hashes, too. */
    public static boolean hasAll(Holding holding) {
        return holding.user().isPresent() && !holding.place().equals(OWN);
    }

    public boolean isFirst() {
        return number == 0;
    }

    public boolean isShared() {
        return number > LAST;
    }

    /** Of a shared one. */
    public int level() {
        return number - LAST - 1;
    }

    /** Whether it is another one of a holder who has a first one. */
    public boolean isAnother() {
        return !isFirst() && !isShared();
    }

    /** What the {@linkplain Keys#index index set} has. */
    public String member() {
        return isShared() ? name() : holder.user().key();
    }

    /** As the set of a holder's bundles has it, or that of the shared hashes. */
    public String name() {
        return isShared() ? Long.toString(SharedHash.number(holder, level())) : Integer.toString(number);
    }

    /** The field of a grant: its id, and in a shared hash the name of the user. */
    public byte[] field(long grant) {
        if (!isShared()) {
            return ByteBuffer.allocate(Long.BYTES).putLong(grant).array();
        }
        byte[] name = name(holder);
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(grant)
                .put(name)
                .array();
    }

    static byte[] name(UserInRealm holder) {
        return holder.user().key().getBytes(StandardCharsets.UTF_8);
    }
}
