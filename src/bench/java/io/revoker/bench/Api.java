package io.revoker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Single calls of the API. */
record Api(HttpClient client, int port) {
    Api(int port) {
        this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), port);
    }

    /**
     * Invalidates what the body names, and gives tokens a second until the answer.
     *
     * @param expected how many tokens the answer has to count
     */
    double tokensPerSecond(String body, long expected) throws IOException, InterruptedException {
        HttpRequest request = to("/_security/oauth2/token")
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body))
                .build();
        long began = System.nanoTime();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        long nanos = System.nanoTime() - began;
        JsonNode answer = new ObjectMapper().readTree(response.body());
        if (answer.path("invalidated_tokens").asLong() != expected) {
            throw new IOException("sweep: " + answer + " (expected: " + expected + " invalidated)");
        }
        return expected * 1e9 / nanos;
    }

    HttpResponse<byte[]> check(String token) throws IOException, InterruptedException {
        return client.send(
                to("/v1/check").header("Authorization", "Bearer " + token).build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> introspect(String token) throws IOException, InterruptedException {
        return client.send(
                to("/oauth2/introspect")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + token))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
