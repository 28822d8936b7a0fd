package io.revoker.domain.statuslists;

import io.revoker.domain.RealmId;
import java.time.Instant;

/**
 * A list of statuses, of tokens of one realm.
 *
 * @param id 22 characters of base64url
 * @param size of how many indexes, from its beginning to its end
 * @param end no token in it expires later; from then on there is no such list
 */
public record StatusList(String id, RealmId realm, int size, Instant end) {
    /** The id has this many bytes. */
    public static final int ID_BYTES = 16;

    private static final int ID_LENGTH = 22;

    /** Whether a text may be the id of a list. */
    public static boolean isId(String text) {
        return text.length() == ID_LENGTH
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '-'
                                || c == '_');
    }

    /** The rest stay free, so that free indexes can be found at random, and their number can't be guessed. */
    public int mostAllocations() {
        return size / 4 * 3;
    }

    public boolean hasEnded(Instant now) {
        return !end.isAfter(now);
    }
}
