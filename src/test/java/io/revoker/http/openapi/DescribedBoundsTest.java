package io.revoker.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.testing.Api;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lengths that the description allows, tried out. */
class DescribedBoundsTest {
    private static final Description DESCRIPTION = Description.ofService();

    private final Api api = new Api(RunningService.shared(RedisServers.embedded()));

    @ParameterizedTest
    @ValueSource(strings = {"realm_name", "username", "client_id", "scope", "jti"})
    void aTextOfARegistrationMayBeAsLongAsItSaysAndNoLonger(String field) {
        JsonNode property = DESCRIPTION.root().at("/components/schemas/Registration/properties/" + field);
        int most = DESCRIPTION.resolve(property).path("maxLength").asInt();

        assertThat(register(field, most)).isEqualTo(201);
        assertThat(register(field, most + 1)).isEqualTo(400);
    }

    /** JSON Schema counts characters, not the units of a program. */
    @ParameterizedTest
    @ValueSource(strings = {"realm_name", "username", "jti"})
    void aTextMayHaveAsManyCharactersBeyondTheFirstPlane(String field) {
        assertThat(register(field, "\ud83d\ude00".repeat(1024))).isEqualTo(201);
        assertThat(register(field, "\ud83d\ude00".repeat(1025))).isEqualTo(400);
    }

    private int register(String field, int length) {
        return register(field, "x".repeat(length));
    }

    private int register(String field, String text) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("realm_name", "bounds")
                .put("username", "joe")
                .put("access_token", Api.fresh("bounds"));
        body.put(field, text);
        return api.register(body.toString()).status();
    }
}
