package io.revoker.redis;

import static io.revoker.testing.Waiting.get;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.testing.Backend;
import io.revoker.testing.OnLoop;
import io.revoker.testing.Sweeping;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation of the ports must do; each subclass proves a part of it on each of them. */
@ParameterizedClass
@MethodSource("io.revoker.testing.Backend#all")
abstract class StoreContract {
    private final Backend backend;

    OnLoop store;
    private Runnable close;

    StoreContract(Backend backend) {
        this.backend = backend;
    }

    @BeforeEach
    void open() {
        Backend.Opened opened = backend.opener().get();
        store = opened.ports();
        close = opened.close();
    }

    @AfterEach
    void close() {
        close.run();
    }

    Outcome register(Grant grant) {
        return get(store.register(grant)).outcome();
    }

    Token find(TokenId id) {
        return get(store.find(id)).orElseThrow();
    }

    boolean isKnown(TokenId id) {
        return get(store.find(id)).isPresent();
    }

    boolean isLive(TokenId id) {
        return find(id).state() == Token.State.LIVE;
    }

    Tally invalidate(TokenId id) {
        return get(store.invalidate(find(id), Target.Extent.TOKEN));
    }

    Stamp append(Target target) {
        return get(store.append(target));
    }

    /** Mark, then sweep. */
    Tally revoke(Target target) {
        return Sweeping.sweep(store, target, append(target));
    }

    static Target realm(UserInRealm holder) {
        return new Target.OfRealm(holder.realm());
    }

    static Target user(UserInRealm holder) {
        return new Target.OfUser(holder.user());
    }

    static Target userInRealm(UserInRealm holder) {
        return new Target.OfUserInRealm(holder);
    }
}
