package io.revoker.http.openapi;

import static io.revoker.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The description by itself. */
class DescriptionTest {
    private static final Description DESCRIPTION = Description.ofService();
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        get(VERTX.close());
    }

    @Test
    void isValidOpenApi31() {
        assertThat(Schemas.faults(DESCRIPTION, VERTX)).isEmpty();
    }

    @Test
    void isNotValidWithoutADescriptionOfAResponse() {
        Description changed = DESCRIPTION.but(
                root -> root.withObject("/components/responses/Active").remove("description"));
        assertThat(Schemas.faults(changed, VERTX)).isNotEmpty();
    }

    @Test
    void isNotValidWithASchemaOfAnUnknownType() {
        Description changed = DESCRIPTION.but(
                root -> root.withObject("/components/schemas/ElasticError/properties/error/properties/type")
                        .put("type", "text"));
        assertThat(Schemas.faults(changed, VERTX)).isNotEmpty();
    }

    @Test
    void everyReferenceHasATarget() {
        assertThat(DESCRIPTION.root().findValues("$ref"))
                .isNotEmpty()
                .allMatch(reference -> !DESCRIPTION
                        .root()
                        .at(reference.textValue().substring(1))
                        .isMissingNode());
    }

    @Test
    void everyKeyHasAValue() {
        assertThat(DESCRIPTION.root().toString()).doesNotContain(":null");
    }

    @Test
    void everyOperationHasAnIdOfItsOwn() {
        assertThat(DESCRIPTION.operations())
                .extracting(operation -> operation.node().path("operationId").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void everyExampleRequestIsAsItsSchemaSays() {
        Schemas schemas = new Schemas(DESCRIPTION);
        assertThat(DESCRIPTION.operations())
                .flatMap(operation -> requestFaults(schemas, operation))
                .isEmpty();
    }

    private static List<String> requestFaults(Schemas schemas, Operation operation) {
        return operation.requests().stream()
                .flatMap(example -> schemas
                        .faults(
                                operation
                                        .node()
                                        .at("/requestBody/content/"
                                                + example.mediaType().replace("/", "~1") + "/schema"),
                                example.value())
                        .stream())
                .toList();
    }
}
