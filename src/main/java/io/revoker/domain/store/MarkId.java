package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.Sha256;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;

/**
 * What a mark is known by: the first 64 bits of a SHA-256 of its target, so that a mark takes the same few bytes however long the names are.
 *
 * <p>Two targets with one id would share a mark: tokens of the one would die with those of the other, and none would live on. Among ten million
 * marks the chance that any two do is 1 in 370,000.
 *
 * @param bits never 0, so that 0 can say that there is none
 */
public record MarkId(long bits) {
    /** The part of all ids that a {@linkplain MarkStore slice} holds is told by their first bits. */
    private static final int SLICE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(MarkStore.SLICES);

    public MarkId {
        if (bits == 0) {
            throw new IllegalArgumentException("mark id: 0 (expected: another number)");
        }
    }

    /**
     * The id of the mark of a target.
     *
     * @param target one that raises a mark
     */
    public static MarkId of(Target target) {
        return new MarkId(target.match(
                one -> {
                    throw new IllegalArgumentException("a single token has no mark");
                },
                realm -> ofRealm(realm.realm()),
                user -> ofUser(user.user()),
                user -> ofHolder(user.holder())));
    }

    /** The bits of {@link #of} for a realm; without an object, since every check asks for it. */
    public static long ofRealm(RealmId realm) {
        return hash("r" + realm.key());
    }

    /** The bits of {@link #of} for a user. */
    public static long ofUser(UserName user) {
        return hash("u" + user.key());
    }

    /** The bits of {@link #of} for a user in a realm. The length keeps two pairs of names apart that read the same in a row. */
    public static long ofHolder(UserInRealm holder) {
        String realm = holder.realm().key();
        return hash("h" + realm.length() + '/' + realm + holder.user().key());
    }

    /** Which slice an id is in. */
    public static int slice(long bits) {
        return (int) (bits >>> SLICE_SHIFT);
    }

    private static long hash(String text) {
        long bits = Sha256.of(text).getLong();
        return bits == 0 ? 1 : bits;
    }
}
