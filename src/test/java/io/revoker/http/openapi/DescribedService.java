package io.revoker.http.openapi;

import io.revoker.embedded.EmbeddedRedis;
import io.revoker.testing.RunningService;
import io.revoker.testing.SigningFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A service with known clients, whose Redis may be ended, and who talks to it. */
record DescribedService(RunningService running, RunningService bare, EmbeddedRedis redis, HttpClient client)
        implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static DescribedService start(Path directory) throws IOException {
        EmbeddedRedis redis =
                EmbeddedRedis.start(new EmbeddedRedis.Settings(directory.resolve("redis"), 0, "everysec", 0));
        Path clients = Files.writeString(directory.resolve("clients.yaml"), Known.clients());
        Path keys = Files.writeString(directory.resolve("sso.json"), Known.PROVIDER.jwks());
        Path realms = Files.writeString(directory.resolve("realms.yaml"), Known.realms(keys));
        RunningService running = RunningService.on(
                redis.url(),
                Stream.concat(
                                Stream.of(
                                        "--redis.prefix=rv",
                                        "--runtime.instances=1",
                                        "--check.max-body-size=64KiB",
                                        "--oauth.issuer=https://auth.example",
                                        "--ssf.enabled=true",
                                        "--http.request-timeout=5s",
                                        "--audit.interval=100ms",
                                        "--status-list.enabled=true",
                                        "--status-list.interval=100ms",
                                        "--realms.file=" + realms,
                                        "--signing.file=" + SigningFile.in(directory),
                                        "--clients.file=" + clients),
                                Known.GITHUB.options().stream())
                        .toArray(String[]::new));
        RunningService bare = RunningService.on(redis.url(), "--runtime.instances=1", "--clients.file=" + clients);
        return new DescribedService(running, bare, redis, HttpClient.newHttpClient());
    }

    Answer send(Call call) {
        return send(
                call,
                call.listener() == Listener.CLIENTS
                        ? running.uri(call.target())
                        : running.managementUri(call.target()));
    }

    /** The same, to a service without issuer and keys. */
    Answer sendBare(Call call) {
        return send(call, bare.uri(call.target()));
    }

    private Answer send(Call call, URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        call.method(),
                        call.body().isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(call.body()));
        call.headers().forEach(request::header);
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(call.method() + " " + call.target() + ": no answer", e);
        }
    }

    @Override
    public void close() {
        running.close();
        bare.close();
        redis.close();
    }
}
