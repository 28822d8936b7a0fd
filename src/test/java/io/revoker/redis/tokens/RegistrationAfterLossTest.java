package io.revoker.redis.tokens;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Registration.Outcome;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Redis has lost the log and its marks. The newest mark is known to another instance only, which raises it again later: it must not kill what is registered meanwhile. */
class RegistrationAfterLossTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target JOES = new Target.OfUser(JOE.user());
    private static final Target OTHERS = new Target.OfUser(holder("corp", "eve").user());

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();
    private final RedisClient redis = RedisClient.of(url);
    private volatile Stamp known = Stamp.NONE;
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix, () -> this.known);
    private final OnLoop store = opened.ports();
    private final Grant grant = Grants.pair(JOE);

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
    }

    @Test
    void isBornAfterTheMarkThoughNoneIsKnownHere() {
        Stamp lost = get(store.append(JOES));
        loseTheLog();

        assertThat(register()).isGreaterThan(lost);
    }

    @Test
    void isBornAfterTheMarkThoughAnOlderOneIsKnownHere() {
        known = get(store.append(OTHERS));
        Stamp lost = get(store.append(JOES));
        loseTheLog();

        assertThat(register()).isGreaterThan(lost);
    }

    @Test
    void isBornAfterTheMarkThoughThisInstanceHasAssertedWhatItKnows() {
        known = get(store.append(OTHERS));
        Stamp lost = get(store.append(JOES));
        loseTheLog();
        get(store.goOn(known));

        assertThat(register()).isGreaterThan(lost);
    }

    @Test
    void isBornBeforeEveryMarkThatComesLater() {
        get(store.append(JOES));
        loseTheLog();
        Stamp birth = register();

        assertThat(get(store.append(JOES))).isGreaterThan(birth);
    }

    /** When it was born. */
    private Stamp register() {
        assertThat(get(store.register(grant)).outcome()).isEqualTo(Outcome.CREATED);
        return get(store.find(accessId(grant))).orElseThrow().birth();
    }

    private void loseTheLog() {
        redis.keys(prefix + ":{log}:").forEach(key -> redis.call("DEL", key));
        assertThat(redis.keys(prefix + ":{log}:")).isEmpty();
    }
}
