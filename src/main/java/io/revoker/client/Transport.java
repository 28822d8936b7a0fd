package io.revoker.client;

import io.revoker.client.internal.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns a request into a call: authorized, bounded in time, abortable, and ended when the client is closed. */
final class Transport {
    private final HttpClient http;
    private final Nodes nodes;
    private final Optional<String> authorization;
    private final Duration requestTimeout;
    private final OpenCalls calls = new OpenCalls();

    Transport(HttpClient http, Nodes nodes, Optional<String> authorization, Duration requestTimeout) {
        this.http = http;
        this.nodes = nodes;
        this.authorization = authorization;
        this.requestTimeout = requestTimeout;
    }

    /** @param request all but the address and the credentials */
    <T> CompletableFuture<T> send(String path, HttpRequest.Builder request, NodeResponse.Decoder<T> decoder) {
        CompletableFuture<T> call = calls.open();
        if (!call.isDone()) {
            CompletableFuture<NodeResponse> sent = new FailoverCall(http, nodes, node -> addressed(request, node, path))
                    .start()
                    .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
            Ending.of(call, (result, failure) -> sent.cancel(true));
            Ending.of(sent, (response, failure) -> end(call, decoder, response, failure));
        }
        return call;
    }

    /** To one node, whatever it answers; without a limit of time but that of the request. */
    <T> CompletableFuture<HttpResponse<T>> sendTo(
            URI node, String path, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        if (!nodes.has(node)) {
            throw new IllegalArgumentException("node: " + node + " (expected: one of the client's)");
        }
        CompletableFuture<HttpResponse<T>> call = calls.open();
        if (!call.isDone()) {
            CompletableFuture<HttpResponse<T>> sent = http.sendAsync(addressed(request, node, path), body);
            Ending.of(call, (result, failure) -> sent.cancel(true));
            Ending.of(sent, (response, failure) -> {
                if (response != null) {
                    call.complete(response);
                } else {
                    call.completeExceptionally(failure);
                }
            });
        }
        return call;
    }

    Nodes nodes() {
        return nodes;
    }

    void close() {
        calls.close();
        Shutdown.of(http);
    }

    private HttpRequest addressed(HttpRequest.Builder request, URI node, String path) {
        HttpRequest.Builder addressed = request.copy().uri(Nodes.resolve(node, path));
        authorization.ifPresent(value -> addressed.header("Authorization", value));
        return addressed.build();
    }

    private <T> void end(
            CompletableFuture<T> call,
            NodeResponse.Decoder<T> decoder,
            @Nullable NodeResponse response,
            @Nullable Throwable failure) {
        if (response != null) {
            decode(call, decoder, response);
        } else if (failure instanceof TimeoutException) {
            call.completeExceptionally(
                    new HttpTimeoutException("request: no answer (expected: within " + requestTimeout + ")"));
        } else {
            call.completeExceptionally(failure);
        }
    }

    private static <T> void decode(CompletableFuture<T> call, NodeResponse.Decoder<T> decoder, NodeResponse response) {
        try {
            call.complete(decoder.decode(response));
        } catch (IOException | RuntimeException | Error e) {
            // Errors too: otherwise the future would never complete.
            call.completeExceptionally(e);
        }
    }
}
