package io.revoker.domain.store;

import io.revoker.domain.UserInRealm;
import java.util.List;
import java.util.Optional;

/**
 * A page of the holders of a realm or a user, in an order in which a later call can go on after any of them.
 *
 * @param next where the next page begins; empty after the last one
 */
public record HolderPage(List<Place> places, Optional<String> next) {
    public HolderPage {
        places = List.copyOf(places);
    }

    /**
     * A holder.
     *
     * @param position what comes behind it begins there
     */
    public record Place(UserInRealm holder, String position) {}
}
