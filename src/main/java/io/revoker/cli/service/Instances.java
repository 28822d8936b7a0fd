package io.revoker.cli.service;

import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instances of a service: one after the other is asked until one answers. */
record Instances(HttpClient http, Server server) {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A count takes as long as {@code sweep.patience} of the service. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    static Instances of(Server server) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        server.authority().map(Trust::in).ifPresent(http::sslContext);
        return new Instances(http.build(), server);
    }

    /** The first answer that does not say to ask again later; if all say so, the last one. */
    <T> HttpResponse<T> ask(String path, HttpRequest.Builder request, BodyHandler<T> body) {
        server.login().ifPresent(login -> request.header("Authorization", login.header()));
        request.timeout(ANSWER);
        List<String> failures = new ArrayList<>();
        Optional<HttpResponse<T>> busy = Optional.empty();
        boolean sent = false;
        for (URI address : server.addresses()) {
            try {
                HttpResponse<T> answer =
                        http.send(request.copy().uri(URI.create(address + path)).build(), body);
                if (!ServiceAnswer.isWorthRepeating(answer)) {
                    return answer;
                }
                busy = Optional.of(answer);
            } catch (IOException e) {
                sent |= isConnected(e);
                failures.add(address.getAuthority() + ": " + reason(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailure(CommandIo.FAILED, "interrupted");
            }
        }
        if (busy.isPresent()) {
            return busy.get();
        }
        String text = "not reachable: " + String.join("; ", failures);
        throw sent ? new CommandFailure(CommandIo.UNREACHABLE, text) : new Unreachable(text);
    }

    /** Whether the request may have got there. */
    private static boolean isConnected(IOException e) {
        return !(e instanceof ConnectException || e instanceof HttpConnectTimeoutException);
    }

    private static String reason(IOException e) {
        if (!isConnected(e)) {
            return "no connection";
        }
        return Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
