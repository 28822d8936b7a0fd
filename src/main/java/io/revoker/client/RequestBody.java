package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The body of a request and its content type. */
record RequestBody(String type, HttpRequest.BodyPublisher body) {

    static RequestBody none() {
        return new RequestBody("application/json", BodyPublishers.noBody());
    }

    static RequestBody json(Map<String, Object> fields) {
        return new RequestBody("application/json", BodyPublishers.ofByteArray(JsonFields.write(fields)));
    }

    static RequestBody form(String pairs) {
        return new RequestBody(
                "application/x-www-form-urlencoded", BodyPublishers.ofString(pairs, StandardCharsets.US_ASCII));
    }

    /** A request with this body that still lacks an address. */
    HttpRequest.Builder by(String method) {
        return HttpRequest.newBuilder()
                .method(method, body)
                .header("Content-Type", type)
                .header("Accept", "application/json");
    }
}
