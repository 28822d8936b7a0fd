package io.revoker.http.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Between values and what stands in a body. */
final class Bodies {
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Map<String, String> EVER_NEW = Map.of(
            "issued_at", "time",
            "iat", "time",
            "exp", "time",
            "access_token", "token",
            "refresh_token", "token",
            "idx", "place",
            "uri", "place");

    private Bodies() {}

    static String write(String mediaType, JsonNode value) {
        return switch (mediaType) {
            case "application/x-ndjson" -> value.textValue();
            case "application/x-www-form-urlencoded" -> form(value);
            default -> value.toString();
        };
    }

    /** The documents of a body: one, or one a line. */
    static List<JsonNode> read(String mediaType, String body) {
        return switch (mediaType) {
            case "application/x-ndjson" -> body.lines().map(Bodies::json).toList();
            case "application/yaml" -> List.of(yaml(body));
            case "text/html",
                    "text/plain",
                    "text/event-stream",
                    "application/token-introspection+jwt",
                    "application/statuslist+jwt" -> List.of(TextNode.valueOf(body));
            default -> List.of(json(body));
        };
    }

    /** The same documents, with what differs from call to call and from path to path taken out. */
    static List<JsonNode> settled(String mediaType, String body) {
        String onePath = body.replace("/_xpack/security/", "/_security/")
                .replace("token/_invalidate]", "token]")
                .replaceAll("locked until [0-9TZ:-]+", "locked until then");
        return read(mediaType, onePath).stream().map(Bodies::settled).toList();
    }

    private static JsonNode settled(JsonNode document) {
        document.forEach(Bodies::settled);
        if (document instanceof ObjectNode object) {
            EVER_NEW.forEach((field, text) -> {
                if (object.has(field)) {
                    object.put(field, text);
                }
            });
        }
        return document;
    }

    private static String form(JsonNode value) {
        return value.properties().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not YAML: " + text, e);
        }
    }
}
