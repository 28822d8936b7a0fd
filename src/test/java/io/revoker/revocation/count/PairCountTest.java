package io.revoker.revocation.count;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Revoke;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Revocation;
import io.revoker.domain.Tally;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.feed.MarkView;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.OnLoop;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What would be reported of a token with its pair, if a mark that no sweep has followed yet covers one of them. */
class PairCountTest {
    private static final UserInRealm JOE = holder("corp", "joe");

    private final Backend.Opened opened =
            Backend.open(Tuning.DEFAULT, RedisServers.embedded().url(), Backend.newPrefix());
    private final OnLoop ports = opened.ports();
    private final MarkView marks = new MarkView();
    private final Grant pair = Grants.signedBy("k1", Grants.pair(JOE));

    @AfterEach
    void close() {
        opened.close().run();
    }

    static Stream<Arguments> halves() {
        return Grants.halves(JOE);
    }

    @ParameterizedTest
    @MethodSource("halves")
    void hasOneLiveTokenWhicheverIsAskedFor(Target target, TokenKind dead) {
        get(ports.register(pair));
        marks.learn(new Revocation(get(ports.append(target)), target));

        assertThat(count(dead)).isEqualTo(new Tally(1, 1));
        assertThat(count(dead.other())).isEqualTo(new Tally(1, 1));
    }

    @Test
    void hasNoneIfTheMarkCoversBoth() {
        get(ports.register(pair));
        Target user = new Target.OfUser(JOE.user());
        marks.learn(new Revocation(get(ports.append(user)), user));

        assertThat(count(TokenKind.ACCESS)).isEqualTo(new Tally(0, 2));
        assertThat(count(TokenKind.REFRESH)).isEqualTo(new Tally(0, 2));
    }

    @Test
    void hasTwoWithoutAMark() {
        get(ports.register(pair));

        assertThat(count(TokenKind.ACCESS)).isEqualTo(new Tally(2, 0));
        assertThat(count(TokenKind.REFRESH)).isEqualTo(new Tally(2, 0));
    }

    private Tally count(TokenKind kind) {
        Target.Single one = new Target.OneToken(kind, Grants.id(pair, kind), Extent.GRANT);
        SingleCounts counts = new SingleCounts(ports.store(), marks, InstantSource.system());
        return get(OnLoop.on(ports.context(), () -> counts.count(one, new Revoke(one, RealmScope.ALL)))
                .map(Report::tally));
    }
}
