package io.revoker.domain.store;

import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.util.List;
import java.util.Optional;

/**
 * Tokens of a realm that are read and swept together: those of one user, or those of several users that the store
 * keeps in one place because each has few.
 *
 * @param user whose they are; empty if they are of several users
 * @param place where they are kept, as the store names it; empty for all that the user has
 */
public record Holding(RealmId realm, Optional<UserName> user, String place) {
    /** All that a user has in a realm, wherever it is kept. */
    public static Holding of(UserInRealm holder) {
        return new Holding(holder.realm(), Optional.of(holder.user()), "");
    }

    /** Whose it is, if it is of one user. */
    public Optional<UserInRealm> holder() {
        return user.map(name -> new UserInRealm(realm, name));
    }

    /** Another one of the same target has another id; that of a user is the id of the user's mark. */
    public long id() {
        return holder().map(MarkId::ofHolder).orElseGet(() -> MarkId.ofPlace(realm, place));
    }

    /**
     * A page of holdings, in an order in which a later call can go on after any of them.
     *
     * @param next where the next page begins; empty after the last one
     */
    public record Listing(List<Listed> holdings, Optional<String> next) {
        public Listing {
            holdings = List.copyOf(holdings);
        }
    }

    /**
     * A holding in that order.
     *
     * @param position what comes behind it begins there
     */
    public record Listed(Holding holding, String position) {}
}
