package io.revoker.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Sends requests at a fixed rate, whatever becomes of them, and counts the time of each from the instant at which it was to be sent: a server that
 * stands still is charged for all that should have been sent meanwhile.
 */
final class OpenLoop implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    private final NetClient client;
    private final List<Connection> connections;
    private final IntFunction<Buffer> requests;
    private final long interval;
    private final Samples samples = new Samples();
    private final AtomicLong refused = new AtomicLong();
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
    private volatile boolean open = true;

    private OpenLoop(NetClient client, List<NetSocket> sockets, IntFunction<Buffer> requests, int rate) {
        this.client = client;
        this.connections = sockets.stream().map(Connection::new).toList();
        this.requests = requests;
        this.interval = TimeUnit.SECONDS.toNanos(1) / rate;
    }

    /**
     * Begins.
     *
     * @param requests by their numbers, from 0 on
     * @param rate requests a second
     */
    static OpenLoop start(Vertx vertx, int port, IntFunction<Buffer> requests, int rate) throws InterruptedException {
        NetClient client = vertx.createNetClient();
        List<NetSocket> sockets = Await.result(Future.all(Stream.generate(() -> client.connect(port, "127.0.0.1"))
                        .limit(CONNECTIONS)
                        .toList()))
                .list();
        OpenLoop loop = new OpenLoop(client, sockets, requests, rate);
        loop.sent = CompletableFuture.runAsync(loop::send, task -> new Thread(task, "open-loop").start());
        return loop;
    }

    /** Of what was answered since the last time. */
    long[] lap() {
        if (refused.get() > 0) {
            throw new IllegalStateException("open loop: " + refused + " answers that are no success");
        }
        return samples.take();
    }

    @Override
    public void close() {
        open = false;
        sent.join();
        client.close().toCompletionStage().toCompletableFuture().join();
    }

    private void send() {
        long due = System.nanoTime();
        for (int number = 0; open; number++, due += interval) {
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            connections.get(number % CONNECTIONS).send(due, requests.apply(number));
        }
    }

    /** Its answers come in the order of its requests. */
    private final class Connection {
        private final NetSocket socket;
        private final Queue<Long> waiting = new ConcurrentLinkedQueue<>();

        Connection(NetSocket socket) {
            this.socket = socket;
            socket.handler(new AnswerReader(this::answered));
        }

        void send(long due, Buffer request) {
            waiting.add(due);
            socket.write(request).onFailure(lost -> refused.incrementAndGet());
        }

        private void answered(AnswerReader.Outcome outcome) {
            samples.add(System.nanoTime() - waiting.remove());
            if (outcome == AnswerReader.Outcome.REFUSED) {
                refused.incrementAndGet();
            }
        }
    }
}
