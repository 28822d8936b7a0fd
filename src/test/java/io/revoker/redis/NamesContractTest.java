package io.revoker.redis;

import static io.revoker.domain.Registration.Outcome.CREATED;
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
                "tab\tnew\nline\u0000nul\u007f",
                "a+b",
                "*",
                "[a-z]?",
                "\"quoted\" 'too'",
                "back\\slash",
                "Jörg Müller",
                "日本語",
                "👩‍👩‍👧‍👦",
                "\u2028\u00a0",
                "corp:joe",
                "user/joe",
                "x".repeat(1024),
                "%".repeat(1024),
                "語".repeat(1024),
                "😀".repeat(512));
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
