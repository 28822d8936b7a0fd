package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.Selector;
import io.revoker.domain.Sha256;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The id of a mark: the first 64 bits of a SHA-256 of its target, so that a mark takes the same few bytes however long
 * the names are.
 *
 * <p>Two targets with the same id would share a mark: tokens of the one would die with those of the other, and none
 * would stay active by mistake. Among ten million marks the chance that any two collide is 1 in 370,000.
 *
 * @param bits never 0, so that 0 can mean "none"
 */
public record MarkId(long bits) {
    /** The bits of the id of the mark of everything. */
    public static final long ALL = hash("a");

    /** The first bits of an id select its {@linkplain MarkStore slice}. */
    private static final int SLICE_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(MarkStore.SLICES);

    public MarkId {
        if (bits == 0) {
            throw new IllegalArgumentException("mark id: 0 (expected: another number)");
        }
    }

    /**
     * The last bits of the id of a selection: they say that it is one, and of what kind. Other ids end like that by
     * chance, which costs a check some time and does no harm.
     */
    private static final long SELECTING = 0x5E10;

    private static final long SELECTING_BITS = 0xFFF0;
    private static final long BY_BITS = 0xF;

    /** The same for what was issued before an instant; one more bit says whether it is of a selection. */
    private static final long ISSUED_BEFORE = 0x0B40;

    private static final long ISSUED_BEFORE_BITS = 0x1FFE;
    private static final long OF_SELECTION = 1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /**
     * The id of the mark of a target.
     *
     * @param target one that raises a mark
     */
    public static MarkId of(Target target) {
        if (target instanceof Target.IssuedBefore some) {
            long base = of(some.base()).bits();
            return new MarkId(
                    some.base() instanceof Target.Selected ? ofSelectedIssuedBefore(base) : ofIssuedBefore(base));
        }
        if (target instanceof Target.Selected some) {
            return new MarkId(some.whole()
                    .match(
                            one -> 0L,
                            realm -> ofSelected(realm.realm(), some.selector()),
                            user -> 0L,
                            user -> ofSelected(user.holder(), some.selector()),
                            all -> 0L));
        }
        return new MarkId(target.match(
                one -> {
                    throw new IllegalArgumentException("a single token has no mark");
                },
                realm -> ofRealm(realm.realm()),
                user -> ofUser(user.user()),
                user -> ofHolder(user.holder()),
                all -> ALL));
    }

    /** As 16 hexadecimal digits. */
    public String text() {
        return HexFormat.of().toHexDigits(bits);
    }

    /** The id with this text; empty if there is none. */
    public static Optional<MarkId> parse(String text) {
        return text.length() == 2 * Long.BYTES
                        && text.chars().allMatch(digit -> "0123456789abcdef".indexOf(digit) >= 0)
                        && HexFormat.fromHexDigitsToLong(text) != 0
                ? Optional.of(new MarkId(HexFormat.fromHexDigitsToLong(text)))
                : Optional.empty();
    }

    /** The bits of {@link #of} for a realm; without allocating an object, since every check calls it. */
    public static long ofRealm(RealmId realm) {
        return hash(text(realm));
    }

    /** The bits of {@link #of} for a user. */
    public static long ofUser(UserName user) {
        return hash("u" + user.key());
    }

    /**
     * The bits of {@link #of} for a user in a realm. The length prefix separates two pairs of names whose
     * concatenations are equal.
     */
    public static long ofHolder(UserInRealm holder) {
        return hash(text(holder));
    }

    /** Bits for the tokens of several users of a realm that are kept in one place, which have no mark of their own. */
    static long ofPlace(RealmId realm, String place) {
        return hash("p" + place + ' ' + realm.key());
    }

    /** The bits of {@link #of} for a selection from a realm. */
    public static long ofSelected(RealmId realm, Selector selector) {
        return selected(text(realm), selector);
    }

    /** The bits of {@link #of} for a selection from the tokens of a user in a realm. */
    public static long ofSelected(UserInRealm holder, Selector selector) {
        return selected(text(holder), selector);
    }

    /**
     * The bits of {@link #of} for the tokens of a target that were issued before an instant, whatever the instant.
     *
     * @param base the bits of the target's own id; it is no selection
     */
    public static long ofIssuedBefore(long base) {
        return issuedBefore(base, 0);
    }

    /** The same for a selection. */
    public static long ofSelectedIssuedBefore(long base) {
        return issuedBefore(base, OF_SELECTION);
    }

    /** Whether an id looks like one of {@link #ofIssuedBefore}. */
    public static boolean isOfIssuedBefore(long bits) {
        return (bits & (ISSUED_BEFORE_BITS | OF_SELECTION)) == ISSUED_BEFORE;
    }

    /** Whether an id looks like one of {@link #ofSelectedIssuedBefore}. */
    public static boolean isOfSelectedIssuedBefore(long bits) {
        return (bits & (ISSUED_BEFORE_BITS | OF_SELECTION)) == (ISSUED_BEFORE | OF_SELECTION);
    }

    /** What an id selects by, if it looks like that of a selection. */
    public static Optional<Selector.By> selecting(long bits) {
        if ((bits & SELECTING_BITS) != SELECTING) {
            return Optional.empty(); // hardly any other id looks like it, and all marks are asked
        }
        return Stream.of(Selector.By.values())
                .filter(by -> (bits & (SELECTING_BITS | BY_BITS)) == (SELECTING | by.number()))
                .findFirst();
    }

    /** The slice that an id belongs to. */
    public static int slice(long bits) {
        return (int) (bits >>> SLICE_SHIFT);
    }

    private static String text(RealmId realm) {
        return "r" + realm.key();
    }

    private static String text(UserInRealm holder) {
        String realm = holder.realm().key();
        return "h" + realm.length() + '/' + realm + holder.user().key();
    }

    private static long selected(String base, Selector selector) {
        String value = selector.value();
        long bits = hash("s" + selector.by().name() + value.length() + '/' + value + base);
        return (bits & ~(SELECTING_BITS | BY_BITS)) | SELECTING | selector.by().number();
    }

    /** The bits of an id are spread already: a product with an odd number is another id for each. */
    private static long issuedBefore(long base, long ofSelection) {
        return (base * MIX & ~(ISSUED_BEFORE_BITS | OF_SELECTION)) | ISSUED_BEFORE | ofSelection;
    }

    private static long hash(String text) {
        long bits = Sha256.of(text).getLong();
        return bits == 0 ? 1 : bits;
    }
}
