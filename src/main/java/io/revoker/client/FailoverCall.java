package io.revoker.client;

import io.revoker.client.internal.Ending;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request, sent to one node after another until one of them answers.
 *
 * <p>The next node is tried if a node can't be connected to, or if it (or a proxy in front of it) answers 502, 503 or
 * 504. The node may have carried the request out nevertheless; that does no harm because every request may be repeated.
 * Any other failure ends the call. The future fails with the last failure, which has the earlier ones as suppressed
 * exceptions. Completing the future from outside aborts the request.
 */
final class FailoverCall {
    private static final Set<Integer> GIVE_UP = Set.of(502, 503, 504);

    private final HttpClient http;
    private final Nodes nodes;
    private final Function<URI, HttpRequest> request;
    private final Queue<URI> untried;
    private final List<Throwable> failures = new ArrayList<>();
    private final CompletableFuture<NodeResponse> result = new CompletableFuture<>();

    FailoverCall(HttpClient http, Nodes nodes, Function<URI, HttpRequest> request) {
        this.http = http;
        this.nodes = nodes;
        this.request = request;
        this.untried = new ArrayDeque<>(nodes.inTurn());
    }

    CompletableFuture<NodeResponse> start() {
        tryNext();
        return result;
    }

    private void tryNext() {
        URI node = untried.remove();
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request.apply(node), response -> new BoundedBody());
        Ending.of(result, (done, failure) -> sent.cancel(true));
        Ending.of(sent, (response, failure) -> settle(node, response, failure));
    }

    private void settle(URI node, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            failed(named(node, origin(failure)));
        } else if (GIVE_UP.contains(response.statusCode())) {
            failed(RevokerStatusException.of(NodeResponse.of(response)));
        } else {
            nodes.answered(node);
            result.complete(NodeResponse.of(response));
        }
    }

    private void failed(Throwable failure) {
        failures.forEach(failure::addSuppressed);
        failures.add(failure);
        if (result.isDone() || untried.isEmpty() || !isOfTheNode(failure)) {
            result.completeExceptionally(failure);
        } else {
            tryNext();
        }
    }

    /** Names the node that could not be reached: the exceptions of the JDK contain neither host nor port. */
    private static Throwable named(URI node, Throwable failure) {
        String reason = node.getAuthority() + ": "
                + Optional.ofNullable(failure.getMessage()).orElse("no connection");
        if (failure instanceof HttpConnectTimeoutException) {
            return caused(new HttpConnectTimeoutException(reason), failure);
        }
        return failure instanceof ConnectException ? caused(new ConnectException(reason), failure) : failure;
    }

    private static Throwable caused(Throwable failure, Throwable cause) {
        return failure.initCause(cause);
    }

    private static boolean isOfTheNode(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof RevokerStatusException;
    }

    private static Throwable origin(@Nullable Throwable failure) {
        if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
            return wrapped.getCause();
        }
        return failure == null ? new IllegalStateException("call: ended (expected: answer or failure)") : failure;
    }
}
