package io.revoker.cli.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls to a service, each to one instance after the other until one answers. All that the commands ask for may be
 * repeated: what revokes has a key with which it is done once, and a token that was minted for a call without an
 * answer is known to no one.
 */
public final class ServiceCalls {
    private static final String JSON = "application/json";
    private static final String ACCEPT = "Accept";
    private static final int OK = 200;

    private final Instances instances;
    private final Patience patience;

    private ServiceCalls(Instances instances, Patience patience) {
        this.instances = instances;
        this.patience = patience;
    }

    static ServiceCalls to(Server server) {
        return to(server, Patience.USUAL);
    }

    static ServiceCalls to(Server server, Patience patience) {
        return new ServiceCalls(Instances.of(server), patience);
    }

    /** A parameter of a query or a form. */
    public static String parameter(String name, String value) {
        return name + '=' + URLEncoder.encode(value, UTF_8);
    }

    /** Whether all instances are on this machine. */
    public boolean areLocal() {
        return instances.server().isLocal();
    }

    public ServiceAnswer get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    /**
     * Gets what is a part of a long read, such as a page of a list: repeated for a while if the service says that it
     * can't answer now, so that what was read before is not lost.
     */
    public ServiceAnswer getPatiently(String path) {
        return patience.answer(() -> get(path));
    }

    public ServiceAnswer delete(String path) {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    /** Sends JSON. */
    public ServiceAnswer post(String path, JsonNode document) {
        return post(path, document, Map.of());
    }

    /** Sends JSON, with further headers. */
    public ServiceAnswer post(String path, JsonNode document, Map<String, String> headers) {
        HttpRequest.Builder request = body(JSON, document.toString());
        headers.forEach(request::header);
        return send(path, request);
    }

    /** Sends a form. */
    public ServiceAnswer post(String path, String form) {
        return send(path, body("application/x-www-form-urlencoded", form));
    }

    /** Sends some lines of JSON: so few that they, and their answer, fit between two programs that do not read. */
    public ServiceAnswer post(String path, List<String> lines) {
        return send(path, body("application/x-ndjson", String.join("\n", lines)));
    }

    private static HttpRequest.Builder body(String type, String text) {
        return HttpRequest.newBuilder().header("Content-Type", type).POST(BodyPublishers.ofString(text));
    }

    /** An answer that goes on until its body is closed. Any other one ends the command. */
    InputStream open(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder().GET().header(ACCEPT, "text/event-stream");
        headers.forEach(request::header);
        HttpResponse<Opened> answer = instances.ask(path, request, ServiceCalls::opened);
        return answer.body().stream()
                .orElseThrow(
                        () -> ServiceAnswer.of(answer, answer.body().text()).failure());
    }

    /** The body of an answer: as it comes if it is a success, else all of it. */
    private record Opened(Optional<InputStream> stream, String text) {}

    private static BodySubscriber<Opened> opened(ResponseInfo answer) {
        return answer.statusCode() == OK
                ? BodySubscribers.mapping(
                        BodySubscribers.ofInputStream(), stream -> new Opened(Optional.of(stream), ""))
                : BodySubscribers.mapping(BodySubscribers.ofString(UTF_8), text -> new Opened(Optional.empty(), text));
    }

    private ServiceAnswer send(String path, HttpRequest.Builder request) {
        HttpResponse<String> answer = instances.ask(path, request.header(ACCEPT, JSON), BodyHandlers.ofString());
        return ServiceAnswer.of(answer, answer.body());
    }
}
