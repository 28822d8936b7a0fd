package io.revoker;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.testing.Configurations;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisServers;
import io.revoker.trace.Tracing;
import io.revoker.wiring.Metrics;
import io.revoker.wiring.SettingsSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hop to another thread costs three times as much as a message within an event loop: no check may need one. */
class EventLoopsTest {
    private static final int CONNECTIONS = 12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyListenerSharesItsLoopWithWhatAnswersItsChecks(int instances) {
        SeenLoops seen = new SeenLoops();
        Configuration configuration = configuration(instances);
        Metrics metrics = Metrics.of(configuration.management());
        Vertx vertx = get(Service.vertx(configuration, metrics, Tracing.of(configuration.tracing())));
        Service service = get(Service.start(
                vertx,
                SettingsSource.of(configuration),
                RedisServers.embedded().url(),
                metrics,
                InstantSource.system(),
                seen));
        try {
            List<RawConnection> clients = Stream.generate(() -> RawConnection.to(service.port()))
                    .limit(CONNECTIONS)
                    .toList();
            for (RawConnection client : clients) {
                assertThat(client.exchange(Requests.check("unknown")).status()).isEqualTo(401);
            }
            clients.forEach(RawConnection::close);

            assertThat(seen.loops).hasSize(instances).isSubsetOf(serving(vertx));
        } finally {
            get(service.stop().eventually(vertx::close));
        }
    }

    /** The event loops that serve the event bus. */
    private static Set<String> serving(Vertx vertx) {
        return Set.copyOf(
                vertx.sharedData().<String, Integer>getLocalMap("revoker.loops").keySet());
    }

    private static Configuration configuration(int instances) {
        return Configurations.of(
                List.of(
                        "--http.port=0",
                        "--management.port=0",
                        "--redis.prefix=loops" + System.nanoTime(),
                        "--runtime.instances=" + instances),
                Map.of());
    }

    /** Trusts nobody; every listener asks it about each token that it is shown. */
    private static final class SeenLoops implements JwtVerifier {
        private final Set<String> loops = ConcurrentHashMap.newKeySet();

        @Override
        public Future<Finding> verify(String token, RealmScope scope, Purpose purpose) {
            loops.add(Thread.currentThread().getName());
            return Future.succeededFuture(Finding.FOREIGN);
        }

        @Override
        public boolean trusts(RealmId realm) {
            return false;
        }

        @Override
        public boolean trustsAny() {
            return false;
        }
    }
}
