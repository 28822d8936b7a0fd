package io.revoker.redis;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.Revocation;
import io.revoker.domain.Selector;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.MarkId;
import io.revoker.domain.store.MarkStore;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogContractTest extends StoreContract {
    private static final UserInRealm JOE = holder("corp", "joe");

    LogContractTest(Backend backend) {
        super(backend);
    }

    @Test
    void tellsEveryRevocationAfterAStampInOrder() {
        Target token = new Target.OneToken(TokenKind.REFRESH, Grants.newId());
        Target pair = new Target.OneToken(TokenKind.REFRESH, Grants.newId(), Target.Extent.GRANT);
        Target jwt = new Target.OneJwt(new RealmId("größe/%{} +"), Grants.newId(), Grants.now());
        Target jwtWithItsPair =
                new Target.OneJwt(new RealmId("grant"), Grants.newId(), Grants.now(), Target.Extent.GRANT);
        Target early = new Target.IssuedBefore(
                Grants.selected(userInRealm(JOE), Selector.By.CLIENT, "a/b %"),
                Grants.now().minusNanos(1000));
        Target earlyOfAll = new Target.IssuedBefore(new Target.OfAll(), Grants.now());
        Stamp first = append(realm(JOE));
        List<Revocation> later = List.of(
                new Revocation(append(user(JOE)), user(JOE)),
                new Revocation(append(token), token),
                new Revocation(append(pair), pair),
                new Revocation(append(jwt), jwt),
                new Revocation(append(jwtWithItsPair), jwtWithItsPair),
                new Revocation(append(userInRealm(JOE)), userInRealm(JOE)),
                new Revocation(append(early), early),
                new Revocation(append(earlyOfAll), earlyOfAll),
                new Revocation(append(realm(JOE)), realm(JOE)));

        assertThat(get(store.after(first)).revocations()).isEqualTo(later);
    }

    @Test
    void saysWhetherThereIsMore() {
        int count = 1500;
        List<Future<Stamp>> appended =
                IntStream.range(0, count).mapToObj(i -> store.append(user(JOE))).toList();
        List<Revocation> expected = appended.stream()
                .map(stamp -> new Revocation(get(stamp), user(JOE)))
                .toList();

        LogPage first = get(store.after(Stamp.NONE));
        LogPage second = get(store.after(
                first.revocations().get(first.revocations().size() - 1).stamp()));

        assertThat(first.isLast()).isFalse();
        assertThat(second.isLast()).isTrue();
        assertThat(Stream.of(first, second).flatMap(page -> page.revocations().stream()))
                .isEqualTo(expected);
    }

    @Test
    void givesStampsThatStrictlyIncrease() {
        List<Future<Stamp>> appended = IntStream.range(0, 2000)
                .mapToObj(i -> store.append(i % 3 == 0 ? user(JOE) : realm(JOE)))
                .toList();

        List<Stamp> stamps = appended.stream().map(stamp -> get(stamp)).toList();

        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void hasNothingToTellAfterTheNewest() {
        Stamp newest = append(realm(JOE));

        assertThat(get(store.after(newest))).isEqualTo(new LogPage(List.of(), newest, true, Continuity.WHOLE));
    }

    @Test
    void keepsOnlyTheNewestMarkOfATarget() {
        append(realm(JOE));
        Stamp user = append(user(JOE));
        Stamp realm = append(realm(JOE));
        Stamp single = append(new Target.OneToken(TokenKind.ACCESS, Grants.newId()));

        assertThat(store.mark(user(JOE))).contains(user);
        assertThat(store.mark(realm(JOE))).contains(realm);
        assertThat(store.mark(userInRealm(JOE))).isEmpty();
        assertThat(get(store.newest())).isEqualTo(single);
    }

    @Test
    void hasNoMarksInAnEmptyStore() {
        assertThat(get(store.newest())).isEqualTo(Stamp.NONE);
        assertThat(store.mark(user(JOE))).isEmpty();
    }

    @Test
    void givesEveryMarkInTheSliceOfItsId() {
        int users = 3000;
        List<Future<Stamp>> appended = IntStream.range(0, users)
                .mapToObj(i -> store.append(user(holder("corp", "user" + i))))
                .toList();
        Map<Long, Long> expected = new HashMap<>();
        IntStream.range(0, users)
                .forEach(i -> expected.put(
                        MarkId.of(user(holder("corp", "user" + i))).bits(),
                        get(appended.get(i)).micros()));

        Map<Long, Long> read = new HashMap<>();
        for (int slice = 0; slice < MarkStore.SLICES; slice++) {
            int number = slice;
            get(store.slice(number, Stamp.NONE)).orElseThrow().forEach((id, stamp) -> {
                assertThat(MarkId.slice(id)).isEqualTo(number);
                read.put(id, stamp);
            });
        }

        assertThat(read).isEqualTo(expected);
    }

    @Test
    void dropsAMarkOnlyOnceItsSweepHasEnded() {
        MarkId id = MarkId.of(user(JOE));
        Stamp stamp = append(user(JOE));

        get(store.drop(id, stamp));
        assertThat(store.mark(user(JOE))).contains(stamp);
        assertThat(get(store.isSwept(id, stamp))).isFalse();
        get(store.endSweep(user(JOE), stamp));
        assertThat(get(store.isSwept(id, stamp))).isTrue();
        get(store.drop(id, stamp));
        assertThat(store.mark(user(JOE))).isEmpty();
    }

    @Test
    void keepsAMarkThatWasRaisedAgainSinceItsSweep() {
        MarkId id = MarkId.of(user(JOE));
        Stamp first = append(user(JOE));
        get(store.endSweep(user(JOE), first));
        Stamp second = append(user(JOE));

        get(store.drop(id, first));
        get(store.endSweep(user(JOE), first));
        get(store.drop(id, second));

        assertThat(store.mark(user(JOE))).contains(second);
        assertThat(get(store.isSwept(id, second))).isFalse();
    }
}
