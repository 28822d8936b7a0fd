package io.revoker.jwt.keys;

import io.revoker.domain.Problem;
import io.revoker.net.HostAddresses;
import io.revoker.net.HttpTarget;
import io.revoker.net.LookUps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Keys in the web. The name of the host is resolved, the address is examined, and that very address is connected to: a
 * name that resolves to something else a moment later changes nothing. The certificate must be the host's.
 */
final class WebKeys implements KeySource {
    private final Vertx vertx;
    private final KeyPlace.Web place;
    private final Duration timeout;
    private final Function<byte[], KeySet> reader;
    private volatile Optional<HttpClient> client = Optional.empty();

    /** @param timeout for the whole of a fetch, redirects included */
    WebKeys(Vertx vertx, KeyPlace.Web place, Duration timeout) {
        this(vertx, place, timeout, KeySet::read);
    }

    /** The same for keys in another form than a JWK set. */
    WebKeys(Vertx vertx, KeyPlace.Web place, Duration timeout, Function<byte[], KeySet> reader) {
        this.vertx = vertx;
        this.place = place;
        this.timeout = timeout;
        this.reader = reader;
    }

    private HttpClientOptions options() {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setConnectTimeout((int) timeout.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) timeout.toMillis())
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSsl(new HttpTarget(place.url()).isEncrypted())
                .setVerifyHost(true);
        place.authorities()
                .ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        return options;
    }

    /**
     * The keys are read by a worker: the first ones load the library that verifies with them, for a quarter of a
     * second. By a client of its own, which reads the trusted certificates again: their file may have been replaced.
     */
    @Override
    public Future<KeySet> fetch() {
        HttpClient once = vertx.createHttpClient(options());
        client = Optional.of(once);
        KeyDownload download = new KeyDownload(vertx, once, place.url());
        long begun = System.nanoTime();
        WorkerExecutor lookUps = LookUps.open(vertx);
        return lookUps.executeBlocking(() -> address(place), false)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .compose(address -> download.from(address, left(begun)))
                .map(Buffer::getBytes)
                .compose(keys -> vertx.executeBlocking(() -> reader.apply(keys), false))
                .eventually(() -> Future.join(once.close(), lookUps.close()));
    }

    /** Of the time for the fetch. */
    private Duration left(long begun) {
        return Duration.ofMillis(
                Math.max(1, timeout.minusNanos(System.nanoTime() - begun).toMillis()));
    }

    /** Blocks while it resolves the name. Fails with a {@link Problem} if it has none that may be connected to. */
    private static InetAddress address(KeyPlace.Web place) throws UnknownHostException {
        URI url = place.url();
        return Arrays.stream(InetAddress.getAllByName(HostAddresses.bare(url.getHost())))
                .filter(address -> place.reach() == HttpTarget.Rule.ALL_ADDRESSES || HostAddresses.isPublic(address))
                .findFirst()
                .orElseThrow(() -> Problem.unavailable(
                        "addresses of " + url.getHost() + ": private (expected: one that is public)"));
    }

    @Override
    public Future<Void> close() {
        return client.map(HttpClient::close).orElseGet(Future::succeededFuture);
    }
}
