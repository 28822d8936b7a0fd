package io.revoker.http.ssf;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.revoker.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** An HTTP server that events are pushed to. It behaves as it is told. */
final class PushEndpoint implements AutoCloseable {
    private static final String HANGING = "/hanging";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<String> behaviours = new ArrayList<>(List.of("202"));
    private volatile Optional<Refusal> refused = Optional.empty();

    /** One request. */
    record Received(String method, String path, Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    private record Refusal(Receiver receiver, String user) {}

    private PushEndpoint(HttpServer server) {
        this.server = server;
    }

    static PushEndpoint start() {
        return start(Optional.empty());
    }

    /** With TLS. */
    static PushEndpoint start(SSLContext certificate) {
        return start(Optional.of(certificate));
    }

    private static PushEndpoint start(Optional<SSLContext> certificate) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            HttpServer server =
                    certificate.isPresent() ? HttpsServer.create(address, 0) : HttpServer.create(address, 0);
            if (server instanceof HttpsServer secure) {
                secure.setHttpsConfigurator(new HttpsConfigurator(certificate.orElseThrow()));
            }
            PushEndpoint endpoint = new PushEndpoint(server);
            server.setExecutor(endpoint.threads);
            server.createContext("/", endpoint::take);
            server.start();
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + "/events?tenant=1";
    }

    /** The settings of a stream that is pushed here. */
    String delivery() {
        return "{'delivery':{'method':'urn:ietf:rfc:8935','endpoint_url':'" + url() + "'}}";
    }

    /** The same of one that takes the requests and does not answer. */
    String hangingDelivery() {
        return delivery().replace("/events?", HANGING + '?');
    }

    /** With a value of authorization_header: a string has its quotes. */
    String delivery(String authorization) {
        return delivery().replace("}}", ",'authorization_header':" + authorization + "}}");
    }

    /** Each request in turn; the last one lasts. */
    synchronized void behave(String... next) {
        behaviours.clear();
        behaviours.addAll(List.of(next));
    }

    private synchronized String next() {
        return behaviours.size() > 1 ? behaviours.remove(0) : behaviours.get(0);
    }

    /** The events of this user, whatever else it does. */
    void refuse(Receiver receiver, String user) {
        refused = Optional.of(new Refusal(receiver, user));
    }

    List<Received> received() {
        return received;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        boolean unwanted = refused.filter(
                        refusal -> user(refusal.receiver(), body).equals(refusal.user()))
                .isPresent();
        if (exchange.getRequestURI().getPath().equals(HANGING)) {
            await();
        }
        answer(exchange, unwanted ? "400 {\"err\":\"invalid_request\"}" : next(), body);
    }

    private void answer(HttpExchange exchange, String behaviour, String body) throws IOException {
        switch (behaviour) {
            case "hang" -> await();
            case "drip" -> {
                exchange.sendResponseHeaders(202, 0);
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                await();
            }
            case "cut" -> exchange.close();
            default -> {
                int status = Integer.parseInt(behaviour.substring(0, 3));
                if (status == 202) {
                    accepted.add(body);
                }
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                byte[] text = behaviour.substring(3).strip().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, text.length == 0 ? -1 : text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            }
        }
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String user(Receiver receiver, String token) {
        return receiver.verified(token).at("/sub_id/user/sub").asText();
    }

    /** Of all requests. */
    List<String> users(Receiver receiver) {
        return received.stream().map(request -> user(receiver, request.body())).toList();
    }

    List<String> acceptedUsers(Receiver receiver) {
        return accepted.stream().map(token -> user(receiver, token)).toList();
    }

    /** Until each of them has come. */
    void awaitUsers(Receiver receiver, List<String> users) {
        await(() -> users(receiver), users);
    }

    /** Until each of them was accepted. */
    void awaitAccepted(Receiver receiver, List<String> users) {
        await(() -> acceptedUsers(receiver), users);
    }

    private static void await(Supplier<List<String>> came, List<String> users) {
        Waiting.until(
                () -> "came: " + came.get() + " (expected: " + users + ")",
                Duration.ofSeconds(60),
                () -> came.get().containsAll(users));
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
