package io.revoker.redis;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Revocation;
import io.revoker.domain.RevocationLog.LogPage;
import io.revoker.domain.RevocationLog.MarkPage;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
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
        Stamp first = append(realm(JOE));
        List<Revocation> later = List.of(
                new Revocation(append(user(JOE)), user(JOE)),
                new Revocation(append(token), token),
                new Revocation(append(userInRealm(JOE)), userInRealm(JOE)),
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

        assertThat(get(store.after(newest))).isEqualTo(new LogPage(List.of(), true));
    }

    @Test
    void keepsOnlyTheNewestMarkOfATarget() {
        append(realm(JOE));
        Stamp user = append(user(JOE));
        Stamp realm = append(realm(JOE));
        Stamp single = append(new Target.OneToken(TokenKind.ACCESS, Grants.newId()));

        assertThat(get(store.marks(Stamp.NONE)))
                .isEqualTo(new MarkPage(
                        List.of(new Revocation(user, user(JOE)), new Revocation(realm, realm(JOE))), single, true));
        assertThat(get(store.marks(user)).marks()).containsExactly(new Revocation(realm, realm(JOE)));
    }

    @Test
    void hasNoMarksInAnEmptyStore() {
        assertThat(get(store.marks(Stamp.NONE))).isEqualTo(new MarkPage(List.of(), Stamp.NONE, true));
    }

    @Test
    void givesManyMarksPageByPage() {
        int users = 12_000;
        List<Future<Stamp>> appended = IntStream.range(0, users)
                .mapToObj(i -> store.append(user(holder("corp", "user" + i))))
                .toList();
        List<Revocation> expected = IntStream.range(0, users)
                .mapToObj(i -> new Revocation(get(appended.get(i)), user(holder("corp", "user" + i))))
                .toList();

        List<Revocation> read = new ArrayList<>();
        MarkPage page = get(store.marks(Stamp.NONE));
        read.addAll(page.marks());
        while (!page.isLast()) {
            page = get(store.marks(page.upTo()));
            read.addAll(page.marks());
        }

        assertThat(read).isEqualTo(expected);
        assertThat(page.upTo()).isEqualTo(expected.get(users - 1).stamp());
    }
}
