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

/** Tokens of one slot are invalidated in one turn while the slot moves: some keys have moved, and others have not; or all. */
class MovingGroupTest {
    private static final int HOLDERS = 4;

    private final String prefix = Backend.newPrefix();
    private final Keys keys = new Keys(prefix, 4);

    @SuppressWarnings("NullAway.Init") // by start, with which each test begins
    private RedisCluster cluster;

    @SuppressWarnings("NullAway.Init")
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
        start(version);
        List<Grant> grants = register();

        List<Token> tokens = find(grants);
        cluster.beginMoveOf(keys.grants(Bundle.first(grants.get(1).holder())));
        invalidateInOneTurn(grants, tokens);

        cluster.finishMove(slotOf(grants));
        assertThat(find(grants)).extracting(Token::state).containsOnly(Token.State.INVALIDATED);
    }

    @ParameterizedTest
    @EnumSource
    void followsASlotThatHasMoved(Version version) {
        start(version);
        List<Grant> grants = register();
        List<Token> tokens = find(grants);

        cluster.move(slotOf(grants));

        invalidateInOneTurn(grants, tokens);
    }

    private void start(Version version) {
        cluster = version == Version.OLDEST ? RedisCluster.startOldest(2) : RedisCluster.start(2, 0);
        opened = Backend.open(Tuning.DEFAULT, cluster.url(), prefix);
    }

    private List<Grant> register() {
        List<Grant> grants = ofOneSlot().stream().map(Grants::pair).toList();
        grants.forEach(grant -> get(opened.ports().register(grant)));
        return grants;
    }

    private int slotOf(List<Grant> grants) {
        return cluster.slotOf(keys.users(keys.tag(grants.get(0).holder())));
    }

    private void invalidateInOneTurn(List<Grant> grants, List<Token> tokens) {
        OnLoop store = opened.ports();
        List<Tally> counted = get(OnLoop.on(
                store.context(),
                () -> Future.all(tokens.stream()
                                .map(token -> store.store().invalidate(token, Target.Extent.TOKEN))
                                .toList())
                        .map(all -> all.<Tally>list())));

        assertThat(counted).containsOnly(Tally.ONE_INVALIDATED);
        assertThat(find(grants)).extracting(Token::state).containsOnly(Token.State.INVALIDATED);
    }

    private List<UserInRealm> ofOneSlot() {
        String tag = keys.tag(holder("corp", "user-0"));
        return IntStream.range(0, 100)
                .mapToObj(i -> holder("corp", "user-" + i))
                .filter(holder -> keys.tag(holder).equals(tag))
                .limit(HOLDERS)
                .toList();
    }

    private List<Token> find(List<Grant> grants) {
        return grants.stream()
                .map(grant -> get(opened.ports().find(accessId(grant))).orElseThrow())
                .toList();
    }
}
