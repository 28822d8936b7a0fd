package io.revoker.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.net.http.HttpResponse;
import java.util.Optional;

/** What the service answered. */
public record ServiceAnswer(int status, JsonNode body, HttpResponse<?> response) {
    private static final JsonMapper JSON = new JsonMapper();

    static ServiceAnswer of(HttpResponse<String> response) {
        return new ServiceAnswer(response.statusCode(), tree(response.body()), response);
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isObject() ? tree : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** Whether it says that the same request may succeed later. */
    public boolean isWorthRepeating() {
        return status == 429 || (status == 503 && header("Retry-After").isPresent());
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The body of a success; any other answer ends the command. */
    public JsonNode success() {
        if (!isSuccess()) {
            throw failure();
        }
        return body;
    }

    /** Why it is none. */
    public CommandFailure failure() {
        return new CommandFailure(
                isWorthRepeating() || status == 502 || status == 504 ? CommandIo.UNREACHABLE : CommandIo.FAILED,
                reason());
    }

    /** The reason in words, as the service gives it. */
    public String reason() {
        return Optional.of(body.path("detail").asText(""))
                .filter(text -> !text.isEmpty())
                .map(text -> text + " (status " + status + ")")
                .orElse("the service answered with status " + status);
    }
}
