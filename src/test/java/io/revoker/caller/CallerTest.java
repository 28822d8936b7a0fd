package io.revoker.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallerTest {
    @Test
    void mayWhatItWasGivenAndNothingElse() {
        Caller caller = new Caller("ops", Set.of(Privilege.CHECK, Privilege.FEED), RealmScope.ALL);

        assertThat(Privilege.values()).filteredOn(caller::may).containsExactly(Privilege.CHECK, Privilege.FEED);
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void mayEverythingAsAdmin(Privilege privilege) {
        assertThat(new Caller("root", Set.of(Privilege.ADMIN), RealmScope.ALL).may(privilege))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void mayEverythingInEveryRealmWhereNoFileIsConfigured(Privilege privilege) {
        assertThat(Caller.ANONYMOUS.may(privilege)).isTrue();
        assertThat(Caller.ANONYMOUS.realms().covers(new RealmId("any"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Privilege.class)
    void namesPrivilegesInLowerCaseOnly(Privilege privilege) {
        assertThat(Privilege.named(privilege.wireName())).contains(privilege);
        assertThat(Privilege.named(privilege.name())).isEmpty();
    }
}
