package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.store.ListedGrants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listing ends before its caller gives up, so that the caller gets what was found. */
class ListingInTimeTest {
    private static final ListedGrants.Find REALM =
            new ListedGrants.Find(new Target.OfRealm(new RealmId("corp")), "", RealmScope.ALL);

    private final Vertx vertx = Vertx.vertx();
    private final List<ListedGrants.Find> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void serve() {
        Codecs.register(vertx.eventBus());
        BusEndpoint.<ListedGrants.Find, ListedGrants>alone(vertx, Addresses.LIST_GRANTS, request -> {
            asked.add(request);
            return Future.succeededFuture(new ListedGrants(List.of(), List.of(), Optional.empty()));
        });
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void lastsHalfOfAShortTimeOut() {
        get(new RevokerBus(vertx, Duration.ofSeconds(3)).listGrants(REALM));

        assertThat(asked).containsExactly(REALM.within(Duration.ofMillis(1500)));
    }

    @Test
    void lastsAsLongAsItWasAskedForWithALongOne() {
        get(new RevokerBus(vertx, Duration.ofSeconds(30)).listGrants(REALM));

        assertThat(asked).containsExactly(REALM);
        assertThat(REALM.longest()).isEqualTo(Duration.ofSeconds(2));
    }
}
