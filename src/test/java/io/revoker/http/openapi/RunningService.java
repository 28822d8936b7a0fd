package io.revoker.http.openapi;

import io.revoker.Service;
import io.revoker.config.Configuration;
import io.revoker.config.ConfigurationLoader;
import io.revoker.redis.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The whole service over an embedded Redis, on free ports. */
record RunningService(Vertx vertx, Service service, EmbeddedRedis redis, HttpClient client) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static RunningService start(Path directory) throws IOException {
        EmbeddedRedis redis =
                EmbeddedRedis.start(new EmbeddedRedis.Settings(directory.resolve("redis"), 0, "everysec", 0));
        Path clients = Files.writeString(directory.resolve("clients.yaml"), Known.clients());
        Configuration configuration = ConfigurationLoader.load(
                List.of("--http.port=0", "--management.port=0", "--runtime.instances=1", "--clients.file=" + clients),
                Map.of());
        Vertx vertx = Service.vertx(configuration);
        return new RunningService(
                vertx, await(Service.start(vertx, configuration, redis.url())), redis, HttpClient.newHttpClient());
    }

    Answer send(Call call) {
        int port = call.listener() == Listener.CLIENTS ? service.port() : service.managementPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + call.target()))
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
        await(service.stop());
        await(vertx.close());
        redis.close();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
