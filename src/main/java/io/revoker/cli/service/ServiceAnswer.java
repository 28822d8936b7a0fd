package io.revoker.cli.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.revoker.cli.terminal.CommandFailure;
import io.revoker.cli.terminal.CommandIo;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * What the service answered.
 *
 * @param body an empty object if it is none
 * @param text the body as it came
 */
public record ServiceAnswer(int status, JsonNode body, String text, HttpResponse<?> response) {
    private static final JsonMapper JSON = new JsonMapper();

    static ServiceAnswer of(HttpResponse<?> response, String text) {
        return new ServiceAnswer(response.statusCode(), tree(text), text, response);
    }

    private static JsonNode tree(String body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isObject() ? tree : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    /** The objects of a body of lines. */
    public List<JsonNode> lines() {
        return text.lines().map(ServiceAnswer::tree).toList();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /** Whether it says that the same request may succeed later. */
    public boolean isWorthRepeating() {
        return isWorthRepeating(response);
    }

    static boolean isWorthRepeating(HttpResponse<?> answer) {
        return answer.statusCode() == 429
                || (answer.statusCode() == 503
                        && answer.headers().firstValue("Retry-After").isPresent());
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
        return reason(body)
                .map(text -> text + " (status " + status + ")")
                .orElse("the service answered with status " + status);
    }

    /** The reason that an object of the service has, if it is one of a refusal. */
    public static Optional<String> reason(JsonNode object) {
        return Optional.of(object.path("detail").asText("")).filter(text -> !text.isEmpty());
    }
}
