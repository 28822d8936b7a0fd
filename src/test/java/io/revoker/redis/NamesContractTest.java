package io.revoker.redis;

import static io.revoker.domain.store.Registration.Outcome.CREATED;
import static io.revoker.domain.store.Registration.Outcome.INVALIDATED;
import static io.revoker.domain.store.Registration.Outcome.UNCHANGED;
import static io.revoker.testing.Grants.accessId;
import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.Tally;
import io.revoker.domain.UserInRealm;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Sweeping;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamesContractTest extends StoreContract {

    NamesContractTest(Backend backend) {
        super(backend);
    }

    static Stream<String> names() {
        return Stream.of(
                "!",
                "a/b",
                "/",
                "%",
                "%2f",
                "{}",
                "}{",
                "{log}",
                " ",
                "two words",
                "a+b",
                "*",
                "[a-z]?",
                "\"quoted\" 'too'",
                "back\\slash",
                "Jörg Müller",
                "日本語",
                "👩‍👩‍👧‍👦",
                "corp:joe",
                "user/joe",
                "x".repeat(1024),
                "%".repeat(1024),
                "語".repeat(1024),
                "😀".repeat(1024));
    }

    @ParameterizedTest
    @MethodSource("names")
    void tellsEveryNameFromEveryOther(String name) {
        UserInRealm both = holder(name, name);
        Grant grant = Grants.pair(both);
        register(Grants.access(holder("corp", "joe")));
        register(Grants.access(holder("a", "b")));
        assertThat(register(grant)).isEqualTo(CREATED);

        assertThat(find(accessId(grant)).holder()).isEqualTo(both);
        assertThat(Sweeping.holders(store, realm(both))).containsOnly(both);
        assertThat(revoke(realm(both))).isEqualTo(new Tally(2, 0));
    }

    @Test
    void findsTheTokensOfAHolderHoweverItIsSpelled() {
        Grant composed = Grants.pair(holder("B\u00fcro", "J\u00fcrgen"));
        Grant decomposed = Grants.access(holder(" Bu\u0308ro", "Ju\u0308rgen\u00a0"));
        register(composed);
        register(decomposed);

        assertThat(find(accessId(decomposed)).holder().user().value()).isEqualTo("Ju\u0308rgen\u00a0");
        assertThat(register(with(decomposed, composed.holder()))).isEqualTo(UNCHANGED);
        assertThat(revoke(userInRealm(holder("B\u00fcro ", "\u3000Ju\u0308rgen"))))
                .isEqualTo(new Tally(3, 0));
        assertThat(register(with(composed, decomposed.holder()))).isEqualTo(INVALIDATED);
    }

    private static Grant with(Grant grant, UserInRealm holder) {
        return new Grant(holder, grant.access(), grant.refresh(), grant.facts());
    }

    @ParameterizedTest
    @MethodSource("names")
    void writesEveryNameIntoTheLog(String name) {
        UserInRealm both = holder(name, name);
        List<Revocation> appended = Stream.of(realm(both), user(both), userInRealm(both))
                .map(target -> new Revocation(append(target), target))
                .toList();

        assertThat(get(store.after(Stamp.NONE)).revocations()).isEqualTo(appended);
        appended.forEach(
                revocation -> assertThat(store.mark(revocation.target())).contains(revocation.stamp()));
    }

    @Test
    void keepsRealmAndUserApartWhereTheyMeet() {
        Grant one = Grants.access(holder("a/b", "c"));
        Grant two = Grants.access(holder("a", "b/c"));
        register(one);
        register(two);

        assertThat(revoke(userInRealm(one.holder()))).isEqualTo(new Tally(1, 0));

        assertThat(isLive(accessId(two))).isTrue();
    }
}
