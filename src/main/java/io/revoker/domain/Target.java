package io.revoker.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a revocation names. */
public sealed interface Target {

    /** One token: registered or not. */
    sealed interface Single extends Target {
        TokenId id();

        /** How much is revoked with it. */
        Extent extent();
    }

    /**
     * One token that was registered, or the grant that it is of.
     *
     * @param kind of the token that is named
     */
    record OneToken(TokenKind kind, TokenId id, Extent extent) implements Single {
        /** Exactly one token. */
        public OneToken(TokenKind kind, TokenId id) {
            this(kind, id, Extent.TOKEN);
        }
    }

    /**
     * One JWT that need not have been registered.
     *
     * @param id of its signed part, or {@linkplain TokenId#ofJti of its jti}
     * @param expiresAt when no node takes it for active any longer: not before its {@code exp}
     */
    record OneJwt(RealmId realm, TokenId id, Instant expiresAt, Extent extent) implements Single {
        /** Nothing else. */
        public OneJwt(RealmId realm, TokenId id, Instant expiresAt) {
            this(realm, id, expiresAt, Extent.TOKEN);
        }
    }

    /** How much is revoked with a token that is named. */
    enum Extent {
        /** Nothing else. */
        TOKEN,
        /** The other token of its pair, too (RFC 7009, section 2.1). */
        GRANT
    }

    /** All tokens of a realm. */
    record OfRealm(RealmId realm) implements Target {}

    /** All tokens of a user, in every realm. */
    record OfUser(UserName user) implements Target {}

    /** All tokens there are. */
    record OfAll() implements Target {}

    /** All tokens of a user in one realm. */
    record OfUserInRealm(UserInRealm holder) implements Target {}

    /**
     * Some of the tokens of a realm, or of a user in a realm.
     *
     * @param base which holders may have such tokens
     */
    record Selected(Target base, Selector selector) implements Target {
        public Selected {
            if (!(base instanceof OfRealm || base instanceof OfUserInRealm)) {
                throw Problem.invalid("target: a selection without a realm (expected: realm_name)");
            }
        }
    }

    /**
     * Those tokens of another target that were issued before an instant, also those that are registered later.
     *
     * @param base not a single token
     * @param instant in whole microseconds
     */
    record IssuedBefore(Target base, Instant instant) implements Target {
        /** A caller's clock may be ahead of ours by this. */
        private static final Duration AHEAD = Duration.ofMinutes(5);

        public IssuedBefore {
            if (base instanceof Single || base instanceof IssuedBefore) {
                throw Problem.invalid(
                        "issued_before: with a single token (expected: with a realm, a user, both, or all)");
            }
            instant = instant.truncatedTo(ChronoUnit.MICROS);
        }

        /** As a caller asks for it: nothing can have been issued later than now. */
        public static IssuedBefore requested(Target base, Instant instant, Instant now) {
            IssuedBefore asked = new IssuedBefore(base, instant);
            asked.problem(now).ifPresent(problem -> {
                throw problem;
            });
            return instant.isAfter(now) ? new IssuedBefore(base, now) : asked;
        }

        /** It is to come, by more than two clocks differ. */
        @Override
        public Optional<Problem> problem(Instant now) {
            return instant.isAfter(Instant.EPOCH) && !instant.isAfter(now.plus(AHEAD))
                    ? Optional.empty()
                    : Optional.of(Problem.invalid(
                            "issued_before: not a time that has passed (expected: one after 1970, not to come)"));
        }
    }

    /** Where its tokens are: the target itself, or what it selects from. */
    default Target whole() {
        if (this instanceof IssuedBefore some) {
            return some.base().whole();
        }
        return this instanceof Selected some ? some.base() : this;
    }

    /** Whether it covers many tokens: then one mark stands for all of them. */
    default boolean raisesMark() {
        return !(this instanceof Single);
    }

    /** Why it can't be revoked at a time. */
    default Optional<Problem> problem(Instant now) {
        return Optional.empty();
    }

    /** Whether there can be a lock of it. */
    default boolean mayBeLocked() {
        return raisesMark() && !(this instanceof IssuedBefore);
    }

    /** The kind of target, as logs and metrics show it; contains no name. */
    default String label() {
        if (this instanceof IssuedBefore) {
            return "issued_before";
        }
        if (this instanceof Selected some) {
            return some.selector().by().name().toLowerCase(Locale.ROOT);
        }
        return match(
                Target::kindOfToken, realm -> "realm", user -> "user", userInRealm -> "user_in_realm", all -> "all");
    }

    private static String kindOfToken(Single one) {
        if (one.extent() == Extent.GRANT) {
            return "grant";
        }
        return one instanceof OneToken registered ? registered.kind().field() : "jwt";
    }

    /**
     * Calls the function for this kind of target; the compiler demands one for each kind. A selection is what it
     * selects from.
     */
    default <T> T match(
            Function<Single, T> one,
            Function<OfRealm, T> realm,
            Function<OfUser, T> user,
            Function<OfUserInRealm, T> userInRealm,
            Function<OfAll, T> all) {
        if (this instanceof Single t) {
            return one.apply(t);
        }
        if (this instanceof OfRealm t) {
            return realm.apply(t);
        }
        if (this instanceof OfUser t) {
            return user.apply(t);
        }
        if (this instanceof OfUserInRealm t) {
            return userInRealm.apply(t);
        }
        if (this instanceof OfAll t) {
            return all.apply(t);
        }
        return whole().match(one, realm, user, userInRealm, all);
    }
}
