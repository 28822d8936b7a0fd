package io.revoker.client;

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
 * One request, sent to one node after the other until one of them answers.
 *
 * <p>A node is given up if it can't be connected to, or if it (or the proxy before it) says 502, 503 or 504; then what it did is unknown, which
 * does no harm because every request may be repeated. Any other failure ends the exchange. The last failure is told, with the earlier ones
 * suppressed in it. Completing the answer from outside aborts what is under way.
 */
final class Exchange {
    private static final Set<Integer> GIVE_UP = Set.of(502, 503, 504);

    private final HttpClient http;
    private final Nodes nodes;
    private final Function<URI, HttpRequest> request;
    private final Queue<URI> untried;
    private final List<Throwable> failures = new ArrayList<>();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    public Exchange(HttpClient http, Nodes nodes, Function<URI, HttpRequest> request) {
        this.http = http;
        this.nodes = nodes;
        this.request = request;
        this.untried = new ArrayDeque<>(nodes.inTurn());
    }

    CompletableFuture<Answer> start() {
        tryNext();
        return answer;
    }

    private void tryNext() {
        URI node = untried.remove();
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.sendAsync(request.apply(node), response -> new BoundedBody());
        Ending.of(answer, (done, failure) -> sent.cancel(true));
        Ending.of(sent, (response, failure) -> settle(node, response, failure));
    }

    private void settle(URI node, @Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            failed(told(node, origin(failure)));
        } else if (GIVE_UP.contains(response.statusCode())) {
            failed(RevokerStatusException.of(Answer.of(response)));
        } else {
            nodes.answered(node);
            answer.complete(Answer.of(response));
        }
    }

    private void failed(Throwable failure) {
        failures.forEach(failure::addSuppressed);
        failures.add(failure);
        if (answer.isDone() || untried.isEmpty() || !isOfTheNode(failure)) {
            answer.completeExceptionally(failure);
        } else {
            tryNext();
        }
    }

    /** Which of the nodes could not be reached: the JDK says neither host nor port. */
    private static Throwable told(URI node, Throwable failure) {
        String reason = node.getAuthority() + ": "
                + Optional.ofNullable(failure.getMessage()).orElse("no connection");
        if (failure instanceof HttpConnectTimeoutException) {
            return caused(new HttpConnectTimeoutException(reason), failure);
        }
        return failure instanceof ConnectException ? caused(new ConnectException(reason), failure) : failure;
    }

    private static Throwable caused(Throwable told, Throwable cause) {
        return told.initCause(cause);
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
        return failure == null ? new IllegalStateException("exchange: ended (expected: answer or failure)") : failure;
    }
}
