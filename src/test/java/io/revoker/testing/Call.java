package io.revoker.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** One HTTP/1.1 request of a test, put together step by step. */
public final class Call {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Waiting.PATIENCE)
            .build();

    private final HttpRequest.Builder request;
    private final String method;
    private byte[] body = new byte[0];
    private boolean chunked;

    private Call(String method, URI uri) {
        this.method = method;
        this.request = HttpRequest.newBuilder(uri).timeout(Waiting.PATIENCE);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri);
    }

    /** One more line of that name. */
    public Call header(String name, String value) {
        request.header(name, value);
        return this;
    }

    public Call bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    public Call basic(String id, String secret) {
        return header("Authorization", "Basic " + base64(id + ':' + secret));
    }

    public Call json(String text) {
        return header("Content-Type", "application/json").body(text);
    }

    public Call form(String text) {
        return header("Content-Type", "application/x-www-form-urlencoded").body(text);
    }

    public Call body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    public Call body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /** Sends the body in chunks, without telling its length. */
    public Call chunked() {
        chunked = true;
        return this;
    }

    public Reply send() {
        try {
            return Reply.of(CLIENT.send(build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + build().uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public CompletableFuture<Reply> sendAsync() {
        return CLIENT.sendAsync(build(), BodyHandlers.ofByteArray()).thenApply(Reply::of);
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest build() {
        return request.method(method, publisher()).build();
    }

    private BodyPublisher publisher() {
        if (chunked) {
            return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
        }
        return body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    }
}
