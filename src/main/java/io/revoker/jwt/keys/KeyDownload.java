package io.revoker.jwt.keys;

import io.revoker.domain.Problem;
import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * One download of a JWK set. It ends with the body, with a {@link Problem}, or with the time; then its connection is
 * closed, however much is still to come. A redirection is followed to the same host, scheme and port only.
 */
final class KeyDownload {
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTIONS = 3;
    private static final int OK = 200;

    private final Vertx vertx;
    private final HttpClient client;
    private final URI first;
    private final Promise<Buffer> done = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private volatile Optional<HttpClientRequest> underWay = Optional.empty();

    KeyDownload(Vertx vertx, HttpClient client, URI first) {
        this.vertx = vertx;
        this.client = client;
        this.first = first;
    }

    /**
     * To be called once.
     *
     * @param timeout more than zero
     */
    Future<Buffer> from(InetAddress address, Duration timeout) {
        long timer = vertx.setTimer(
                timeout.toMillis(), over -> fail(Problem.unavailable("no answer in time (expected: a JWK set)")));
        get(
                first,
                SocketAddress.inetSocketAddress(new HttpTarget(first).port(), address.getHostAddress()),
                MOST_REDIRECTIONS);
        return done.future().onComplete(over -> vertx.cancelTimer(timer));
    }

    private void get(URI url, SocketAddress server, int redirections) {
        HttpTarget target = new HttpTarget(url);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(server)
                .setHost(target.host())
                .setPort(target.port())
                .setURI(target.path())
                .putHeader(HttpHeaders.ACCEPT, "application/jwk-set+json, application/json");
        client.request(options)
                .compose(this::send)
                .onSuccess(response -> take(response, url, server, redirections))
                .onFailure(this::fail);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request) {
        underWay = Optional.of(request);
        if (done.future().isComplete()) {
            end(request);
        }
        return request.send();
    }

    private void take(HttpClientResponse response, URI url, SocketAddress server, int redirections) {
        response.exceptionHandler(this::fail);
        Optional<URI> next = redirection(response, url);
        if (next.isPresent() && redirections > 0) {
            response.end().onComplete(read -> get(next.get(), server, redirections - 1));
        } else if (response.statusCode() != OK) {
            fail(Problem.unavailable("status " + response.statusCode() + " (expected: 200)"));
        } else {
            response.handler(this::append).exceptionHandler(this::fail).endHandler(end -> done.tryComplete(body));
        }
    }

    private void append(Buffer part) {
        if (body.length() + part.length() > KeySet.MAX_BYTES) {
            fail(Problem.unavailable("too long (expected: at most " + KeySet.MAX_BYTES + " bytes)"));
        } else {
            body.appendBuffer(part);
        }
    }

    /** Where it leads; empty if that is another host. */
    private static Optional<URI> redirection(HttpClientResponse response, URI url) {
        String location = response.getHeader(HttpHeaders.LOCATION);
        if (location == null || !REDIRECTIONS.contains(response.statusCode())) {
            return Optional.empty();
        }
        try {
            URI next = url.resolve(location);
            boolean same = url.getScheme().equals(next.getScheme())
                    && url.getHost().equalsIgnoreCase(next.getHost())
                    && url.getPort() == next.getPort()
                    && next.getUserInfo() == null;
            return same ? Optional.of(next) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private void fail(Throwable cause) {
        if (done.tryFail(cause)) {
            underWay.ifPresent(KeyDownload::end);
        }
    }

    private static void end(HttpClientRequest request) {
        request.reset().onFailure(ended -> {});
    }
}
