package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.store.RealmGrants;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listing of a realm ends before its caller gives up, so that the caller gets what was found. */
class ListingInTimeTest {
    private static final RealmGrants.Find REALM = new RealmGrants.Find(new RealmId("corp"), RealmScope.ALL);

    private final Vertx vertx = Vertx.vertx();
    private final List<RealmGrants.Find> asked = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void serve() {
        Codecs.register(vertx.eventBus());
        BusEndpoint.<RealmGrants.Find, RealmGrants>alone(vertx, Addresses.FIND_REALM_GRANTS, request -> {
            asked.add(request);
            return Future.succeededFuture(new RealmGrants(List.of(), List.of(), RealmGrants.Extent.ALL));
        });
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void lastsHalfOfAShortTimeOut() {
        get(new RevokerBus(vertx, Duration.ofSeconds(3)).findGrants(REALM));

        assertThat(asked).containsExactly(new RealmGrants.Find(REALM.realm(), REALM.scope(), Duration.ofMillis(1500)));
    }

    @Test
    void lastsAsLongAsItWasAskedForWithALongOne() {
        get(new RevokerBus(vertx, Duration.ofSeconds(30)).findGrants(REALM));

        assertThat(asked).containsExactly(REALM);
        assertThat(REALM.longest()).isEqualTo(Duration.ofSeconds(2));
    }
}
