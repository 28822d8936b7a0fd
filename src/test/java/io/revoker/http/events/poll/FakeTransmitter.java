package io.revoker.http.events.poll;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that is polled, and answers what it is told. */
final class FakeTransmitter implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> polls = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<Long> times = new CopyOnWriteArrayList<>();
    private volatile Answer usual = new Answer(200, "{\"sets\":{},\"moreAvailable\":false}");
    private volatile boolean hangs;

    private record Answer(int status, String body) {}

    private FakeTransmitter(HttpServer server) {
        this.server = server;
    }

    static FakeTransmitter start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeTransmitter transmitter = new FakeTransmitter(server);
            server.setExecutor(transmitter.threads);
            server.createContext("/poll", transmitter::answer);
            server.start();
            return transmitter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/poll";
    }

    /** The answer unless there is another one; if it is not set, there are no events. */
    void usually(String body) {
        usual = new Answer(200, body);
    }

    /** The next one. */
    void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /** From now on it does not answer. */
    void hang() {
        hangs = true;
    }

    /** The bodies that have come. */
    List<String> polls() {
        return polls;
    }

    /** When each came, by {@link System#nanoTime()}. */
    List<Long> times() {
        return times;
    }

    List<String> credentials() {
        return credentials;
    }

    private void answer(HttpExchange exchange) throws IOException {
        times.add(System.nanoTime());
        polls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (hangs) {
            await();
        }
        Answer next = Optional.ofNullable(answers.poll()).orElse(usual);
        byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(next.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
