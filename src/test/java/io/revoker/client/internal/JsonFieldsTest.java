package io.revoker.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {

    /**
     * jackson-jr 2.22.4 reads an object into a map that builds itself at the first access, unless it is asked not to.
     * Two threads that share a response must not both build it: the binding of a token to a key would look absent.
     */
    @Test
    void readsNestedObjectsIntoFinishedMaps() throws IOException {
        JsonFields fields =
                JsonFields.read("{\"cnf\":{\"jkt\":\"x\",\"in\":{\"a\":\"b\"}}}".getBytes(StandardCharsets.UTF_8));

        JsonFields nested = fields.object("cnf").orElseThrow();

        assertThat(fields.values().getClass()).isEqualTo(LinkedHashMap.class);
        assertThat(nested.values().getClass()).isEqualTo(LinkedHashMap.class);
        assertThat(nested.object("in").orElseThrow().values().getClass()).isEqualTo(LinkedHashMap.class);
        assertThat(nested.text("jkt")).contains("x");
    }
}
