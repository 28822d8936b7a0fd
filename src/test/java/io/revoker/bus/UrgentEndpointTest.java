package io.revoker.bus;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.testing.OnLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked to revoke what. */
class UrgentEndpointTest {
    private static final UserName JOE = new UserName("joe");
    private static final RealmId CORP = new RealmId("corp");
    private static final List<Target> TARGETS = List.of(
            new Target.OneToken(TokenKind.ACCESS, TokenId.of("token")),
            new Target.OfRealm(CORP),
            new Target.OfUser(JOE),
            new Target.OfUserInRealm(new UserInRealm(CORP, JOE)));

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private RevokerBus bus;

    @BeforeEach
    void start() {
        Codecs.register(vertx.eventBus());
        bus = get(OnLoop.on(loop, () -> {
            new BusEndpoint(vertx).<Revoke, Report>serve(Addresses.REVOKE, request -> answer("any"));
            return Future.succeededFuture(new RevokerBus(vertx, Duration.ofSeconds(5)));
        }));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void isAskedForUsersAlone() {
        serve();

        TARGETS.forEach(this::revoke);

        assertThat(asked).containsExactly("any", "any", "urgent", "urgent");
    }

    @Test
    void needNotBeThere() {
        TARGETS.forEach(this::revoke);
        UrgentEndpoint closed = serve();
        get(OnLoop.on(loop, closed::close));

        TARGETS.forEach(this::revoke);

        assertThat(asked).hasSize(8).containsOnly("any");
    }

    private UrgentEndpoint serve() {
        return get(OnLoop.on(
                vertx.getOrCreateContext(),
                () -> Future.succeededFuture(new UrgentEndpoint(vertx)
                        .<Revoke, Report>serve(Addresses.REVOKE, request -> answer("urgent")))));
    }

    private void revoke(Target target) {
        get(bus.revoke(new Revoke(target, RealmScope.ALL, Revoke.Until.SWEPT, Optional.empty())));
    }

    private Future<Report> answer(String by) {
        asked.add(by);
        return Future.succeededFuture(Report.NOT_FOUND);
    }
}
