package io.revoker.http.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.store.MarkId;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenRealmsTest {
    @Test
    void areNamedByTheirHashes() {
        RealmId corp = new RealmId("corp");
        String hash = HexFormat.of().toHexDigits(MarkId.ofRealm(corp));
        assertThat(SeenRealms.of(RealmScope.ALL)).isEqualTo("*");
        assertThat(SeenRealms.of(RealmScope.only(Set.of(corp)))).isEqualTo(hash);
        assertThat(SeenRealms.of(RealmScope.only(Set.of(corp, new RealmId("partners")))))
                .hasSize(33)
                .contains(hash);
    }
}
