package io.revoker.cli.service;

import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls to a service, each to one instance after the other until one answers. All that the commands ask for may be
 * repeated: what revokes has a key with which it is done once.
 */
public final class ServiceCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A count takes as long as {@code sweep.patience} of the service. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final HttpClient http;
    private final Server server;

    private ServiceCalls(HttpClient http, Server server) {
        this.http = http;
        this.server = server;
    }

    static ServiceCalls to(Server server) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        server.authority().map(Trust::in).ifPresent(http::sslContext);
        return new ServiceCalls(http.build(), server);
    }

    public ServiceAnswer get(String path) {
        return send(path, HttpRequest.newBuilder().GET());
    }

    public ServiceAnswer delete(String path) {
        return send(path, HttpRequest.newBuilder().DELETE());
    }

    /** Sends a JSON text. */
    public ServiceAnswer post(String path, String json, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        headers.forEach(request::header);
        return send(path, request);
    }

    /** Sends a form. */
    public ServiceAnswer post(String path, String form) {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)));
    }

    private ServiceAnswer send(String path, HttpRequest.Builder request) {
        server.login().ifPresent(login -> request.header("Authorization", login.header()));
        request.timeout(ANSWER).header("Accept", "application/json");
        List<String> failures = new ArrayList<>();
        Optional<ServiceAnswer> busy = Optional.empty();
        for (URI address : server.addresses()) {
            try {
                ServiceAnswer answer = ServiceAnswer.of(
                        http.send(request.copy().uri(URI.create(address + path)).build(), BodyHandlers.ofString()));
                if (!answer.isWorthRepeating()) {
                    return answer;
                }
                busy = Optional.of(answer);
            } catch (IOException e) {
                failures.add(address.getAuthority() + ": " + reason(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(CommandIo.FAILED, "interrupted");
            }
        }
        return busy.orElseThrow(
                () -> new CommandFailure(CommandIo.UNREACHABLE, "not reachable: " + String.join("; ", failures)));
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException || e instanceof HttpConnectTimeoutException) {
            return "no connection";
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
