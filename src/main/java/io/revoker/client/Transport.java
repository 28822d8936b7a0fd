package io.revoker.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
    <T> CompletableFuture<T> send(String path, HttpRequest.Builder request, Answer.Decoder<T> decoder) {
        CompletableFuture<T> call = calls.open();
        if (!call.isDone()) {
            CompletableFuture<Answer> answer = new Exchange(http, nodes, node -> addressed(request, node, path))
                    .start()
                    .orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
            Ending.of(call, (result, failure) -> answer.cancel(true));
            Ending.of(answer, (given, failure) -> end(call, decoder, given, failure));
        }
        return call;
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
            Answer.Decoder<T> decoder,
            @Nullable Answer answer,
            @Nullable Throwable failure) {
        if (answer != null) {
            decode(call, decoder, answer);
        } else if (failure instanceof TimeoutException) {
            call.completeExceptionally(
                    new HttpTimeoutException("request: no answer (expected: within " + requestTimeout + ")"));
        } else {
            call.completeExceptionally(failure);
        }
    }

    private static <T> void decode(CompletableFuture<T> call, Answer.Decoder<T> decoder, Answer answer) {
        try {
            call.complete(decoder.decode(answer));
        } catch (IOException | RuntimeException | Error e) {
            // An error too: nobody else would tell the caller, who would wait for ever.
            call.completeExceptionally(e);
        }
    }
}
