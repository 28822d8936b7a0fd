package io.revoker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came back. */
@SuppressWarnings("ArrayRecordComponent") // answers are looked at, never compared
public record Reply(int status, HttpHeaders headers, byte[] bytes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The elements of an array of the answer. */
    public List<JsonNode> each(String member) {
        List<JsonNode> elements = new ArrayList<>();
        json().required(member).forEach(elements::add);
        return elements;
    }

    /** Empty if the answer has no such header. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public List<String> lines(String name) {
        return headers.allValues(name);
    }

    /** Status and body, for a comparison of both at once. */
    @Override
    public String toString() {
        return status + " " + body();
    }
}
