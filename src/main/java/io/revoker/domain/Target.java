package io.revoker.domain;

import java.util.function.Function;

/** What a revocation names. */
public sealed interface Target {

    /** Exactly one token. */
    record OneToken(TokenKind kind, TokenId id) implements Target {}

    /** All tokens of a realm. */
    record OfRealm(RealmId realm) implements Target {}

    /** All tokens of a user, in every realm. */
    record OfUser(UserName user) implements Target {}

    /** All tokens of a user in one realm. */
    record OfUserInRealm(UserInRealm holder) implements Target {}

    /** Whether it names tokens by whom they belong to: a mark then stands for all of them at once. */
    default boolean raisesMark() {
        return !(this instanceof OneToken);
    }

    /** What kind of target it is, as logs and metrics say it: it names nobody. */
    default String label() {
        return match(
                one -> one.kind() == TokenKind.ACCESS ? "access_token" : "refresh_token",
                realm -> "realm",
                user -> "user",
                userInRealm -> "user_in_realm");
    }

    /** Calls the function that fits; the compiler demands one for each kind of target. */
    default <T> T match(
            Function<OneToken, T> one,
            Function<OfRealm, T> realm,
            Function<OfUser, T> user,
            Function<OfUserInRealm, T> userInRealm) {
        if (this instanceof OneToken t) {
            return one.apply(t);
        }
        if (this instanceof OfRealm t) {
            return realm.apply(t);
        }
        if (this instanceof OfUser t) {
            return user.apply(t);
        }
        return userInRealm.apply((OfUserInRealm) this);
    }
}
