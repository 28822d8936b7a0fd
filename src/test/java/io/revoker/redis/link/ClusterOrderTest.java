package io.revoker.redis.link;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.problem;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import io.revoker.domain.store.TokenStore.Cursor;
import io.revoker.domain.store.TokenStore.Page;
import io.revoker.domain.store.TokenStore.Pass;
import io.revoker.domain.store.TokenStore.Piece;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Sweeping;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes of a Cluster keep no order: what is to happen after something waits for it, and does not happen if that fails. */
class ClusterOrderTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target USER = new Target.OfUser(JOE.user());

    private final String url = RedisServers.cluster().url();
    private final String prefix = Backend.newPrefix();
    private final RedisClient redis = RedisClient.of(url);
    private final Backend.Opened opened = Backend.open(Tuning.DEFAULT, url, prefix);
    private final OnLoop store = opened.ports();

    @AfterEach
    void close() {
        opened.close().run();
        redis.close();
    }

    static Stream<Target> scanned() {
        return Stream.of(new Target.OfRealm(JOE.realm()), USER);
    }

    /** What has been asked for by then is answered before the registration, in the order of each node. */
    @ParameterizedTest
    @MethodSource("scanned")
    void readsTheFirstPageAfterWhatWasWritten(Target target) {
        until("index built", () -> {
            get(store.size(USER));
            return !redis.keys(prefix + ":{log}:indexed").isEmpty();
        });
        Promise<Stamp> mark = Promise.promise();
        Future<Page> page = pageAfter(mark.future(), target);
        assertThat(Sweeping.holders(store, target)).isEmpty();
        get(store.register(Grants.pair(JOE)));
        assertThat(page.isComplete()).isFalse();
        mark.complete(Stamp.NONE);

        assertThat(Sweeping.holders(store, get(page).holdings())).containsExactly(JOE);
    }

    @ParameterizedTest
    @MethodSource("scanned")
    void readsNoPageAfterAMarkThatCouldNotBeWritten(Target target) {
        Problem refused = Problem.unavailable("the mark was not written");

        assertThat(problem(pageAfter(Future.failedFuture(refused), target))).isSameAs(refused);
    }

    /** Otherwise an instance that resumes the sweep would miss what was counted there. */
    @Test
    void sweepsNothingBeforeItIsWrittenDownWhere() {
        Grant grant = Grants.pair(JOE);
        get(store.register(grant));
        Stamp sweep = get(store.append(USER));
        redis.call("SET", prefix + ":{log}:parts:" + sweep.micros(), "no set");

        assertThat(problem(sweep(sweep)).text()).contains("WRONGTYPE");
        assertThat(get(store.find(accessId(grant))))
                .hasValueSatisfying(token -> assertThat(token.state()).isEqualTo(Token.State.LIVE));

        redis.call("DEL", prefix + ":{log}:parts:" + sweep.micros());
        get(sweep(sweep));
        assertThat(get(store.find(accessId(grant))))
                .hasValueSatisfying(token -> assertThat(token.state()).isEqualTo(Token.State.INVALIDATED));
    }

    private Future<Page> pageAfter(Future<Stamp> written, Target target) {
        return OnLoop.on(store.context(), () -> store.store().pageAfter(written, target));
    }

    private Future<?> sweep(Stamp sweep) {
        return store.sweep(USER, List.of(new Piece(Holding.of(JOE), Cursor.START)), new Pass(sweep, sweep.instant()));
    }
}
