package io.revoker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Follows a stream of Server-Sent Events as the standard says, and keeps what it has got. */
public final class EventStream implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private volatile String retry = "";
    private volatile boolean ended;

    /**
     * One event.
     *
     * @param id the last one that came
     */
    public record Event(String id, String name, JsonNode data) {
        public boolean isHeartbeat() {
            return name.equals("heartbeat");
        }

        /** The stamp that it names. */
        public String stamp() {
            return data.path("stamp").textValue();
        }
    }

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** The stream of a service that lets every caller in. */
    public static EventStream of(RunningService service, String... headers) {
        return open(service.uri("/v1/revocations/stream"), headers);
    }

    /**
     * The stream at an address.
     *
     * @param headers names and values in turn
     */
    public static EventStream open(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Waiting.PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new EventStream(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        String name = "message";
        String data = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(lastId, name, json(data)));
                    }
                    name = "message";
                    data = "";
                } else if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data += line.substring(6);
                } else if (line.startsWith("retry: ")) {
                    retry = line.substring(7);
                }
            }
        } catch (IOException closed) {
            // It has ended in another way.
        }
        ended = true;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    public int status() {
        return response.statusCode();
    }

    public HttpHeaders headers() {
        return response.headers();
    }

    /** What the client would resume from. */
    public String lastId() {
        return lastId;
    }

    /** Milliseconds; empty if none came. */
    public String retry() {
        return retry;
    }

    public boolean hasEnded() {
        return ended;
    }

    /** All that came, with the heartbeats. */
    public List<Event> all() {
        return events;
    }

    /** All that came but the heartbeats. */
    public List<Event> events() {
        return events.stream().filter(event -> !event.isHeartbeat()).toList();
    }

    /** Waits for so many events; heartbeats don't count. */
    public List<Event> await(int number) {
        Waiting.until(() -> number + " events: " + events(), Waiting.PATIENCE, () -> events().size() >= number);
        return events();
    }

    /** Waits for an event, or a heartbeat. */
    public Event await(Predicate<Event> wanted) {
        Waiting.until(
                () -> "an event: " + events,
                Waiting.PATIENCE,
                () -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
