package io.revoker.http.events.poll;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.http.Json;
import io.revoker.http.OutgoingRequests;
import io.revoker.net.LookUps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Polls, with bounds. Used by one event loop only. */
final class SourceClient {
    private static final long TIMEOUT_MILLIS = 90_000;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST_BYTES = 2 * 1024 * 1024;
    private static final int OK = 200;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,8192}");

    private final Vertx vertx;
    private final Source source;
    private final HttpClient client;
    private final WorkerExecutor lookUps;

    SourceClient(Vertx vertx, Source source) {
        this.vertx = vertx;
        this.source = source;
        this.client = vertx.createHttpClient(OutgoingRequests.options(source.authorities())
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MILLIS));
        this.lookUps = LookUps.open(vertx);
    }

    /** The answer. Fails with a reason that may be logged. */
    Future<JsonNode> poll(Acknowledgements acknowledgements) {
        Future<Optional<InetAddress>> address =
                lookUps.executeBlocking(() -> source.rule().resolve(source.target()), /* ordered= */ false);
        return Future.all(token(), address)
                .compose(both -> address.result()
                        .map(found -> post(found, both.resultAt(0), Json.write(acknowledgements.poll())))
                        .orElseGet(() -> Future.failedFuture(
                                Problem.unavailable("addresses of the host: private (expected: a public one)"))));
    }

    private Future<Optional<String>> token() {
        return source.tokenFile()
                .map(file -> vertx.fileSystem()
                        .readFile(file.toString())
                        .map(content ->
                                content.toString(StandardCharsets.US_ASCII).strip())
                        .compose(token -> TOKEN.matcher(token).matches()
                                ? Future.succeededFuture(Optional.of(token))
                                : Future.<Optional<String>>failedFuture(
                                        Problem.invalid("ssf.source.token-file: (expected: one token)"))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<JsonNode> post(InetAddress address, Optional<String> token, byte[] body) {
        RequestOptions options = OutgoingRequests.post(source.target(), address)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.ACCEPT, "application/json");
        token.ifPresent(secret -> options.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + secret));
        return client.request(options).compose(request -> answer(request, body));
    }

    private Future<JsonNode> answer(HttpClientRequest request, byte[] body) {
        return request.send(Buffer.buffer(body))
                .compose(SourceClient::read)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset().onFailure(ended -> {}))
                .map(text -> Json.read(text.getBytes()));
    }

    private static Future<Buffer> read(HttpClientResponse response) {
        response.exceptionHandler(reset -> {});
        if (response.statusCode() != OK) {
            return Future.failedFuture(Problem.unavailable("status " + response.statusCode() + " (expected: 200)"));
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        response.exceptionHandler(whole::tryFail)
                .handler(part -> {
                    if (read.length() + part.length() > MOST_BYTES) {
                        whole.tryFail(Problem.unavailable("too long (expected: at most " + MOST_BYTES + " bytes)"));
                    } else {
                        read.appendBuffer(part);
                    }
                })
                .endHandler(end -> whole.tryComplete(read));
        return whole.future();
    }

    Future<Void> close() {
        return Future.join(client.close(), lookUps.close()).mapEmpty();
    }
}
