package io.revoker.redis.keys;

import io.revoker.domain.UserInRealm;

/**
 * Some of the grants of a holder: those of one hash. Most holders have only the first.
 *
 * @param number 0 for the first, else 1 to 65,535. A holder with many bundles has about {@link #SIZE} grants in each:
 * a registration that finds a bundle full makes later ones use another
 */
public record Bundle(UserInRealm holder, int number) {
    /**
     * Together with the two fields that are not grants, the hash is still a listpack under the defaults of every
     * Redis.
     */
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
