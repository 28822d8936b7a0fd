package io.revoker.http.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.testing.JsonSchemas;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.List;
import java.util.stream.Stream;

/** Validates against the schemas of a description, and a description against the schema of OpenAPI 3.1. */
final class Schemas {
    private final JsonSchemas schemas;

    Schemas(Description description) {
        schemas = new JsonSchemas(
                closed(description.root().at("/components/schemas").deepCopy()));
    }

    /** What is wrong with the description itself. */
    static List<String> faults(Description description, Vertx vertx) {
        JsonObject document = new JsonObject(description.root().toString());
        return OpenAPIVersion.V3_1
                .getRepository(vertx, JsonSchemas.options().getBaseUri())
                .compose(repository -> OpenAPIVersion.V3_1.validateContract(vertx, repository, document))
                .map(result -> Stream.concat(JsonSchemas.texts(result).stream(), schemaFaults(description, vertx))
                        .toList())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** What is wrong with the value. A member that the schema does not name is a fault. */
    List<String> faults(JsonNode schema, JsonNode value) {
        return schemas.faults(closed(schema.deepCopy()), value);
    }

    /** The schema of OpenAPI leaves the schemas inside a description to the schema of schemas. */
    private static Stream<String> schemaFaults(Description description, Vertx vertx) {
        SchemaRepository schemas =
                SchemaRepository.create(JsonSchemas.options()).preloadMetaSchema(vertx.fileSystem(), Draft.DRAFT202012);
        Validator validator = schemas.validator(Draft.DRAFT202012.getIdentifier());
        return Stream.concat(
                        description.root().findValues("schema").stream(),
                        description.root().at("/components/schemas").valueStream())
                .flatMap(schema -> JsonSchemas.texts(validator.validate(new JsonObject(schema.toString()))).stream());
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
}
