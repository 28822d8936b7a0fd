package io.revoker.client.feed;

import io.revoker.client.NodeAccess;
import io.revoker.client.internal.Ending;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** An answer that is taken as it comes, on the thread of the view: no more is read while that is busy. */
public final class Incoming {
    private final Loop loop;
    private final Receiver receiver;
    private CompletableFuture<?> call = new CompletableFuture<>();
    private boolean ended;

    /** What is done with an answer. All on the thread of the view, and nothing after {@link #ended}. */
    public interface Receiver {
        /** The answer begins. */
        void begun(Head head) throws IOException;

        /** Some of it. */
        void received(ByteBuffer bytes) throws IOException;

        /**
         * The last call.
         *
         * @param failure empty if all of it has come
         */
        void ended(Optional<Throwable> failure);
    }

    /**
     * What an answer begins with.
     *
     * @param uptime of the instance, if it tells that
     * @param realms of which it tells something
     */
    public record Head(Optional<Long> uptime, Optional<String> realms) {
        /** What the client gets to see. */
        public SeenRealms seen() throws IOException {
            return SeenRealms.parse(realms.orElseThrow(() -> new IOException(
                    "answer: no " + SeenRealms.HEADER + " (expected: the realms that the client may see)")));
        }
    }

    private Incoming(Loop loop, Receiver receiver) {
        this.loop = loop;
        this.receiver = receiver;
    }

    /** Where it comes from. */
    public record Source(Loop loop, NodeAccess access, URI node) {}

    /** Sends a request, without a limit of time. */
    public static Incoming of(Source source, Receiver receiver, String path, String... headers) {
        Incoming incoming = new Incoming(source.loop(), receiver);
        HttpRequest.Builder request = HttpRequest.newBuilder().GET().headers(headers);
        incoming.call = source.access().send(source.node(), path, request, incoming::body);
        Ending.of(
                incoming.call,
                (answer, failure) -> incoming.loop.run(() -> incoming.end(Optional.ofNullable(failure))));
        return incoming;
    }

    private HttpResponse.BodySubscriber<Integer> body(HttpResponse.ResponseInfo head) {
        int status = head.statusCode();
        Body body = new Body(status);
        if (status == 200) {
            Optional<Long> uptime = head.headers().firstValue("Revoker-Uptime").map(Incoming::number);
            Optional<String> realms = head.headers().firstValue(SeenRealms.HEADER);
            loop.run(() -> guarded(() -> receiver.begun(new Head(uptime, realms))));
        }
        return body;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Revoker-Uptime: no number (expected: milliseconds)", e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            end(Optional.of(e));
            call.cancel(true);
        }
    }

    /** Ends it from this side: its receiver hears nothing more. */
    public void cancel() {
        ended = true;
        call.cancel(true);
    }

    private void end(Optional<Throwable> failure) {
        if (!ended) {
            ended = true;
            receiver.ended(failure.map(Incoming::cause));
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Passes on the bytes of an answer of success. */
    private final class Body implements HttpResponse.BodySubscriber<Integer> {
        private final CompletableFuture<Integer> done = new CompletableFuture<>();
        private final int status;
        private Flow.@Nullable Subscription subscription;

        Body(int status) {
            this.status = status;
        }

        @Override
        public CompletionStage<Integer> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (status == 200) {
                given.request(1);
            } else {
                given.cancel();
                done.completeExceptionally(new IOException("answer: status " + status + " (expected: 200)"));
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            loop.run(() -> {
                guarded(() -> {
                    for (ByteBuffer bytes : buffers) {
                        receiver.received(bytes);
                    }
                });
                if (subscription != null) {
                    subscription.request(1);
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            done.complete(status);
        }
    }
}
