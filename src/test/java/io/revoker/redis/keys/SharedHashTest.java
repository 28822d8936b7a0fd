package io.revoker.redis.keys;

import static io.revoker.testing.Grants.holder;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.Holding;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data outlive a build: a user's hashes have the same numbers in each. */
class SharedHashTest {
    private static final RealmId CORP = new RealmId("corp");
    private static final UserInRealm JOE = holder("corp", "joe");

    @Test
    void hasTheseNumbers() {
        assertThat(IntStream.of(0, 1, 2, 10, SharedHash.LEVELS - 1).mapToObj(level -> SharedHash.number(JOE, level)))
                .containsExactly(1L, 3L, 6L, 1767L, 7241371L);
        assertThat(new Keys("rv", 16).grants(Bundle.shared(JOE, 2))).isEqualTo("rv:h:{corp/0}6");
    }

    @Test
    void leadsFromALevelToTheNext() {
        IntStream.range(1, SharedHash.LEVELS)
                .forEach(level ->
                        assertThat(SharedHash.number(JOE, level) >> 1).isEqualTo(SharedHash.number(JOE, level - 1)));
    }

    /** Within a shard, which other bits of the same hash select. */
    @Test
    void spreadsTheUsersOfAShard() {
        Keys keys = new Keys("rv", 16);
        Map<Long, Long> users = IntStream.range(0, 64_000)
                .mapToObj(i -> holder("corp", "user-" + i))
                .filter(user -> keys.tag(user).equals("{corp/7}"))
                .map(user -> SharedHash.number(user, 6))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(users).hasSize(64);
        assertThat(users.values()).allSatisfy(some -> assertThat(some).isBetween(30L, 100L));
    }

    @Test
    void isNamedByAHolding() {
        SharedHash hash = new SharedHash(CORP, 7, 37);

        assertThat(SharedHash.of(hash.holding())).contains(hash);
        assertThat(new Keys("rv", 16).tag(hash.holding())).isEqualTo("{corp/7}");
        assertThat(SharedHash.of(Holding.of(JOE))).isEmpty();
        assertThat(SharedHash.of(Bundle.own(JOE))).isEmpty();
        assertThat(hash.holding().id())
                .isNotEqualTo(new SharedHash(CORP, 7, 38).holding().id())
                .isNotEqualTo(Holding.of(JOE).id());
        assertThat(Bundle.own(JOE).id()).isEqualTo(Holding.of(JOE).id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "01", "-1", "x", "99999999", "1.5"})
    void hasNoNameThatAnotherProgramHasWritten(String name) {
        assertThat(SharedHash.named(CORP, 7, name)).isEmpty();
    }
}
