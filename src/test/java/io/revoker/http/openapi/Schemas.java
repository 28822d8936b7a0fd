package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Validates against the schemas of a description, and a description against the schema of OpenAPI 3.1. */
final class Schemas {
    private static final String BASE = "https://revoker.test/";
    private static final JsonSchemaOptions OPTIONS =
            new JsonSchemaOptions().setBaseUri(BASE).setDraft(Draft.DRAFT202012).setOutputFormat(OutputFormat.Basic);
    private static final String COMPONENTS = "#/components/schemas/";

    private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

    Schemas(Description description) {
        definitions.setAll((ObjectNode) description.root().at("/components/schemas"));
    }

    /** What is wrong with the description itself. */
    static List<String> faults(Description description, Vertx vertx) {
        JsonObject document = new JsonObject(description.root().toString());
        return OpenAPIVersion.V3_1
                .getRepository(vertx, BASE)
                .compose(repository -> OpenAPIVersion.V3_1.validateContract(vertx, repository, document))
                .map(result -> Stream.concat(texts(result).stream(), schemaFaults(description, vertx))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What is wrong with the value. A member that the schema does not name is a fault. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return texts(validator(schema).validate(Json.decodeValue(value.toString())));
    }

    /** The schema of OpenAPI leaves the schemas inside a description to the schema of schemas. */
    private static Stream<String> schemaFaults(Description description, Vertx vertx) {
        SchemaRepository schemas =
                SchemaRepository.create(OPTIONS).preloadMetaSchema(vertx.fileSystem(), Draft.DRAFT202012);
        Validator validator = schemas.validator(Draft.DRAFT202012.getIdentifier());
        return Stream.concat(
                        description.root().findValues("schema").stream(),
                        description.root().at("/components/schemas").valueStream())
                .flatMap(schema -> texts(validator.validate(new JsonObject(schema.toString()))).stream());
    }

    private Validator validator(JsonNode schema) {
        ObjectNode root = schema.deepCopy();
        root.set("$defs", definitions);
        JsonObject closed = new JsonObject(closed(root.deepCopy()).toString().replace(COMPONENTS, "#/$defs/"));
        return Validator.create(JsonSchema.of(closed), OPTIONS);
    }

    /** An open schema would accept members that the description lacks. */
    private static JsonNode closed(JsonNode schema) {
        schema.forEach(Schemas::closed);
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", /* v= */ false);
        }
        return schema;
    }

    private static List<String> texts(OutputUnit result) {
        if (result.getErrors() == null) {
            return Boolean.TRUE.equals(result.getValid()) ? List.of() : List.of("invalid");
        }
        return result.getErrors().stream()
                .map(unit -> unit.getInstanceLocation() + ": "
                        + Optional.ofNullable(unit.getError()).orElse("invalid"))
                .toList();
    }
}
