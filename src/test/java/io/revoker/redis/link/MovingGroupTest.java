package io.revoker.redis.link;

import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.UserInRealm;
import io.revoker.redis.keys.Bundle;
import io.revoker.redis.keys.Keys;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisCluster;
import io.revoker.testing.Tuning;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of one slot are invalidated in one turn while some keys of the slot have moved and others have not. */
class MovingGroupTest {
    private static final int HOLDERS = 4;

    private RedisCluster cluster;
    private Backend.Opened opened;

    @AfterEach
    void close() {
        opened.close().run();
        cluster.close();
    }

    private enum Version {
        /** It answers ASK if any key of a script is missing. */
        OLDEST,
        /** It answers TRYAGAIN if some are there. */
        NEWEST
    }

    @ParameterizedTest
    @EnumSource
    void invalidatesEachWhereItIs(Version version) {
        cluster = version == Version.OLDEST ? RedisCluster.startOldest(2) : RedisCluster.start(2, 0);
        String prefix = Backend.newPrefix();
        opened = Backend.open(Tuning.DEFAULT, cluster.url(), prefix);
        OnLoop store = opened.ports();
        Keys keys = new Keys(prefix, 4);
        List<Grant> grants = ofOneSlot(keys).stream().map(Grants::pair).toList();
        grants.forEach(grant -> get(store.register(grant)));
        List<Token> tokens = find(store, grants);

        cluster.beginMoveOf(keys.grants(Bundle.first(grants.get(1).holder())));
        List<Tally> counted = get(OnLoop.on(
                store.context(),
                () -> Future.all(tokens.stream()
                                .map(token -> store.store().invalidate(token, Target.Extent.TOKEN))
                                .toList())
                        .map(all -> all.<Tally>list())));

        assertThat(counted).extracting(Tally::invalidated).containsOnly(1L);
        assertThat(find(store, grants)).extracting(Token::state).containsOnly(Token.State.INVALIDATED);
        cluster.finishMove(cluster.slotOf(keys.users(keys.tag(grants.get(0).holder()))));
        assertThat(find(store, grants)).extracting(Token::state).containsOnly(Token.State.INVALIDATED);
    }

    private static List<UserInRealm> ofOneSlot(Keys keys) {
        String tag = keys.tag(holder("corp", "user-0"));
        return IntStream.range(0, 100)
                .mapToObj(i -> holder("corp", "user-" + i))
                .filter(holder -> keys.tag(holder).equals(tag))
                .limit(HOLDERS)
                .toList();
    }

    private static List<Token> find(OnLoop store, List<Grant> grants) {
        return grants.stream()
                .map(grant -> get(store.find(accessId(grant))).orElseThrow())
                .toList();
    }
}
