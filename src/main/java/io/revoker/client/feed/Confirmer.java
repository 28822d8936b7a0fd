package io.revoker.client.feed;

import io.revoker.client.internal.Ending;
import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service up to which stamp a follower has applied the revocations. One confirmation is on its way at a time;
 * what was applied meanwhile is part of the next. While the service refuses them, they are sent less and less often, at
 * most half a minute apart. Used by the thread of the loop only.
 */
public final class Confirmer {
    private static final String PATH = "/v1/followers/";
    private static final int TOO_MANY_REQUESTS = 429;
    /** After a pause it takes until the next heartbeat, and until the answer. */
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(25));

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Follower follower;
    private final Consumer<Throwable> failures;
    private final LongSupplier nanos;
    private long sent;
    private int refusals; // in a row
    /** For so long after the last answer nothing is sent. */
    private long pause;

    private long answeredAt;
    private boolean busy;
    /** What was applied while a confirmation was on its way. */
    private Optional<Applied> next = Optional.empty();

    private record Applied(Incoming.Source node, long stamp) {}

    /**
     * Who confirms.
     *
     * @param name among the followers of the client
     * @param bound by older knowledge it does not decide
     */
    public record Follower(String name, Duration bound) {}

    /**
     * For a follower.
     *
     * @param failures called on the thread of the loop; the next heartbeat is a new attempt
     */
    public Confirmer(Follower follower, Consumer<Throwable> failures) {
        this(follower, failures, System::nanoTime);
    }

    Confirmer(Follower follower, Consumer<Throwable> failures, LongSupplier nanos) {
        this.follower = follower;
        this.failures = failures;
        this.nanos = nanos;
    }

    /** There may be news: confirms if the stamp is another one, as soon as the service has answered the one before. */
    public void applied(Incoming.Source node, long stamp) {
        if (busy) {
            next = Optional.of(new Applied(node, stamp));
        } else if (stamp != sent) {
            send(node, stamp);
        }
    }

    /** Confirms, so that the service knows that the follower is there. */
    public void confirm(Incoming.Source node, long stamp) {
        if (busy) {
            applied(node, stamp);
        } else {
            send(node, stamp);
        }
    }

    private void send(Incoming.Source node, long stamp) {
        if (pause > 0 && nanos.getAsLong() - answeredAt < pause) {
            return;
        }
        busy = true;
        sent = stamp;
        Ending.of(
                node.access().send(node.node(), PATH + follower.name(), request(stamp), BodyHandlers.discarding()),
                (answer, failure) -> node.loop().run(() -> confirmed(answer, failure)));
    }

    private HttpRequest.Builder request(long stamp) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("confirmed", Long.toString(stamp));
        body.put("bound", follower.bound().toMillis() + "ms");
        return HttpRequest.newBuilder()
                .PUT(BodyPublishers.ofByteArray(JsonFields.write(body)))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE);
    }

    private void confirmed(@Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        busy = false;
        if (answer == null) {
            failures.accept(failure == null ? new IOException("confirmation: no answer (expected: one)") : failure);
        } else if (answer.statusCode() != 200) {
            failures.accept(new IOException("confirmation: status " + answer.statusCode() + " (expected: 200)"));
        }
        settle(answer == null ? 0 : answer.statusCode());
        Optional<Applied> waiting = next;
        next = Optional.empty();
        waiting.ifPresent(news -> applied(news.node(), news.stamp()));
    }

    /** What the service could not take, another instance may take soon; what it refuses, all of them do for a while. */
    private void settle(int status) {
        boolean isRefusal = status >= 400 && status < 500 && status != TOO_MANY_REQUESTS;
        refusals = isRefusal ? refusals + 1 : 0;
        pause = PAUSES.after(refusals, 1).toNanos();
        answeredAt = nanos.getAsLong();
    }
}
