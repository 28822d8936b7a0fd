package io.revoker.http.ssf.push;

import io.revoker.domain.Problem;
import io.revoker.domain.streams.StreamStore;
import io.revoker.http.OutgoingRequests;
import io.revoker.net.HttpTarget;
import io.revoker.net.LookUps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * Pushes events. The name of a host is resolved, the address is examined, and that very address is connected to: a name
 * that resolves to something else a moment later reaches nothing inside. The certificate must be the host's.
 */
final class PushClient {
    /** Streams of one host don't wait for each other: one of them may get no answers. */
    private static final int MOST_OF_A_HOST = StreamStore.MOST * PushSettings.TOGETHER;

    private final Vertx vertx;
    private final PushSettings settings;
    private final HttpClient client;
    private final WorkerExecutor lookUps;

    PushClient(Vertx vertx, PushSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.createHttpClient(options(), new PoolOptions().setHttp1MaxSize(MOST_OF_A_HOST));
        this.lookUps = LookUps.open(vertx);
    }

    private HttpClientOptions options() {
        int millis = (int) settings.timeout().toMillis();
        return OutgoingRequests.options(settings.authorities())
                .setConnectTimeout(millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(millis);
    }

    /**
     * The address to push to. Names are looked up on threads of their own: a name server that does not answer must hold
     * up nothing else.
     *
     * @return fails if it can't be known, after a bounded time
     */
    Future<InetAddress> address(HttpTarget target) {
        return lookUps.executeBlocking(() -> settings.rules().targets().resolve(target), /* ordered= */ false)
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(
                                Problem.unavailable("addresses of the host: private (expected: a public one)"))));
    }

    /** Never fails. */
    Future<PushOutcome> push(Push.Place place, String token) {
        return new Push(vertx, client).to(place, token, settings.timeout());
    }

    Future<Void> close() {
        return Future.join(client.close(), lookUps.close()).mapEmpty();
    }
}
