package io.revoker.http.openapi;

import io.revoker.embedded.EmbeddedRedis;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A service with known clients, whose Redis may be ended, and who talks to it. */
record DescribedService(RunningService running, EmbeddedRedis redis, HttpClient client) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static DescribedService start(Path directory) throws IOException {
        EmbeddedRedis redis =
                EmbeddedRedis.start(new EmbeddedRedis.Settings(directory.resolve("redis"), 0, "everysec", 0));
        Path clients = Files.writeString(directory.resolve("clients.yaml"), Known.clients());
        RunningService running = RunningService.on(
                redis.url(),
                "--redis.prefix=rv",
                "--runtime.instances=1",
                "--check.max-body-size=64KiB",
                "--clients.file=" + clients);
        return new DescribedService(running, redis, HttpClient.newHttpClient());
    }

    Answer send(Call call) {
        URI uri =
                call.listener() == Listener.CLIENTS ? running.uri(call.target()) : running.managementUri(call.target());
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
        redis.close();
    }
}
