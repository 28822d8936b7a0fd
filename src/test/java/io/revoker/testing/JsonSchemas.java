package io.revoker.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validates against the schemas of an OpenAPI or AsyncAPI document; reads each of them once. */
public final class JsonSchemas {
    private static final String COMPONENTS = "#/components/schemas/";

    private final JsonNode definitions;
    private final Map<JsonNode, Validator> validators = new HashMap<>();

    /** With what schemas refer to as the schemas of the components. */
    public JsonSchemas(JsonNode definitions) {
        this.definitions = definitions;
    }

    /** Those of both kinds of documents. */
    public static JsonSchemaOptions options() {
        return new JsonSchemaOptions()
                .setBaseUri("https://revoker.test/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
    }

    /** What is wrong with the value. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        return texts(validators
                .computeIfAbsent(schema.deepCopy(), this::validator)
                .validate(Json.decodeValue(value.toString())));
    }

    private Validator validator(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set("$defs", definitions);
        JsonObject text = new JsonObject(root.toString().replace(COMPONENTS, "#/$defs/"));
        return Validator.create(JsonSchema.of(text), options());
    }

    /** Where it is wrong, and why. */
    public static List<String> texts(OutputUnit result) {
        if (result.getErrors() == null) {
            return Boolean.TRUE.equals(result.getValid()) ? List.of() : List.of("invalid");
        }
        return result.getErrors().stream()
                .map(unit -> unit.getInstanceLocation() + ": "
                        + Optional.ofNullable(unit.getError()).orElse("invalid"))
                .toList();
    }
}
