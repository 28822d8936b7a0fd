package io.revoker.redis.keys;

import io.revoker.domain.UserInRealm;

/**
 * Some of the grants of a holder: those of one hash. The first is all that most holders have.
 *
 * @param number 0 for the first, else 1 to 65,535: one of many holds about {@link #SIZE} grants, because whoever registers goes on to another
 *     one when it learns that this one is full
 */
public record Bundle(UserInRealm holder, int number) {
    /** With the two fields that are no grants it is still a listpack under the defaults of every Redis. */
    public static final int SIZE = 100;

    public static final int LAST = 0xFFFF;

    public static Bundle first(UserInRealm holder) {
        return new Bundle(holder, 0);
    }

    public boolean isFirst() {
        return number == 0;
    }

    public String name() {
        return Integer.toString(number);
    }
}
