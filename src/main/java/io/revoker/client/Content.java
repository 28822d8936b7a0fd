package io.revoker.client;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a request carries, and the request without an address that carries it. */
record Content(String type, HttpRequest.BodyPublisher body) {

    static Content none() {
        return new Content("application/json", BodyPublishers.noBody());
    }

    static Content json(Map<String, Object> fields) {
        return new Content("application/json", BodyPublishers.ofByteArray(Json.write(fields)));
    }

    static Content form(String pairs) {
        return new Content(
                "application/x-www-form-urlencoded", BodyPublishers.ofString(pairs, StandardCharsets.US_ASCII));
    }

    HttpRequest.Builder by(String method) {
        return HttpRequest.newBuilder()
                .method(method, body)
                .header("Content-Type", type)
                .header("Accept", "application/json");
    }
}
