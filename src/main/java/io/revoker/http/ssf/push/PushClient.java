package io.revoker.http.ssf.push;

import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Pushes events. The name of a host is resolved, the address is examined, and that very address is connected to: a name
 * that resolves to something else a moment later reaches nothing inside. The certificate must be the host's.
 */
final class PushClient {
    private final Vertx vertx;
    private final PushSettings settings;
    private final HttpClient client;

    PushClient(Vertx vertx, PushSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.createHttpClient(options(), new PoolOptions().setHttp1MaxSize(PushSettings.TOGETHER));
    }

    private HttpClientOptions options() {
        int millis = (int) settings.timeout().toMillis();
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(millis)
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setVerifyHost(true);
        settings.authorities()
                .ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        return options;
    }

    /** Never fails. */
    Future<Outcome> push(HttpTarget target, String token) {
        return vertx.executeBlocking(() -> settings.targets().resolve(target), /* ordered= */ false)
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(address -> push(target, address, token))
                .recover(failure -> Future.succeededFuture(
                        new Outcome.Failed("address: " + failure.getClass().getSimpleName())));
    }

    private Future<Outcome> push(HttpTarget target, Optional<InetAddress> address, String token) {
        return address.map(found -> new Push(vertx, client, target).to(found, token, settings.timeout()))
                .orElseGet(() -> Future.succeededFuture(
                        new Outcome.Failed("addresses of the host: private (expected: a public one)")));
    }

    Future<Void> close() {
        return client.close();
    }
}
