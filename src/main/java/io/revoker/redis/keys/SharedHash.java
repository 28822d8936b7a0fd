package io.revoker.redis.keys;

import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Holding;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash of the grants of several users of a shard, each of whom has few: a sweep of the realm needs one call for a
 * hash, however many users there are in it.
 *
 * <p>A shard has one such hash in level 0, two in level 1, four in level 2, and so on. The bits of a user's hash select
 * one in each level. Registrations use one level; when its hashes have about {@link #FULL} grants each, they use the
 * next one.
 *
 * @param number 1 in level 0, 2 and 3 in level 1, and so on
 */
public record SharedHash(RealmId realm, int shard, long number) {
    /** With the last level a shard has eight million hashes. */
    public static final int LEVELS = 23;

    /** Grants of each hash, on average, with which a level is full. */
    public static final int FULL = 60;

    private static final int MIX = 0x9E3779B1;
    private static final Pattern NAME = Pattern.compile("[1-9][0-9]{0,6}");
    private static final Pattern PLACE = Pattern.compile("([0-9]{1,4})\\.([0-9]+)");

    /** The number of the hash of a level in which a user's grants are. The shard is chosen by other bits. */
    static long number(UserInRealm holder, int level) {
        long mixed = Integer.toUnsignedLong(holder.user().key().hashCode() * MIX);
        return (1L << level) | (mixed >>> (Integer.SIZE - level));
    }

    int level() {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(number);
    }

    /** By its name in an index set; empty if it is none. */
    public static Optional<SharedHash> named(RealmId realm, int shard, String name) {
        return NAME.matcher(name).matches() && Long.parseLong(name) < 1L << LEVELS
                ? Optional.of(new SharedHash(realm, shard, Long.parseLong(name)))
                : Optional.empty();
    }

    /** The hash that a holding is kept in; empty for the tokens of one user. */
    public static Optional<SharedHash> of(Holding holding) {
        Matcher parts = PLACE.matcher(holding.place());
        return holding.user().isEmpty() && parts.matches()
                ? named(holding.realm(), Integer.parseInt(parts.group(1)), parts.group(2))
                : Optional.empty();
    }

    /** The tokens in it. */
    public Holding holding() {
        return new Holding(realm, Optional.empty(), shard + "." + number);
    }

    /** Whose grant is in a field; empty if it is no grant's. */
    public static Optional<UserName> user(byte[] field) {
        return field.length > Long.BYTES
                ? Optional.of(UserName.stored(
                        new String(field, Long.BYTES, field.length - Long.BYTES, StandardCharsets.UTF_8)))
                : Optional.empty();
    }
}
