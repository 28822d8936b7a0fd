package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.bus.Count;
import io.revoker.bus.FindGrants;
import io.revoker.bus.Revoke;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.store.ListedGrants;
import io.revoker.domain.store.TokenStore;
import io.revoker.testing.AroundStore;
import io.revoker.testing.Grants;
import io.revoker.testing.MemoryStore;
import io.revoker.testing.Node;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The store of checks has a connection of its own. */
class CheckedStoreTest {
    private static final Grant GRANT = Grants.access(holder("corp", "joe"));

    private final MemoryStore model = new MemoryStore(InstantSource.system());
    private final Set<String> called = Collections.synchronizedSet(new HashSet<>());

    @Test
    void isForChecksAlone() {
        try (Node node = Node.onMemory(model, recorded(), model)) {
            get(node.register(GRANT));
            called.clear();

            Target realm = new Target.OfRealm(GRANT.holder().realm());
            ListedGrants ofRealm = get(node.bus().listGrants(new ListedGrants.Find(realm, "", RealmScope.ALL)));
            assertThat(ofRealm.grants()).hasSize(1);
            assertThat(get(node.bus().findGrants(new FindGrants(GRANT.holder(), "", RealmScope.ALL)))
                            .grants())
                    .hasSize(1);
            assertThat(get(node.bus().count(new Count(new Revoke(realm, RealmScope.ALL))))
                            .tally()
                            .invalidated())
                    .isEqualTo(1);
            assertThat(called).isEmpty();

            get(node.check(Grants.accessId(GRANT)));
            assertThat(called).isNotEmpty();
        }
    }

    private TokenStore recorded() {
        return AroundStore.of(model, (method, real) -> {
            called.add(method);
            return real.get();
        });
    }
}
