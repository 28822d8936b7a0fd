package io.revoker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class NodeAccessTest extends OneNodeTest {
    @Test
    void givesTheCredentialsToNoOtherNode() {
        try (ScriptedNode other = new ScriptedNode()) {
            URI elsewhere = other.uri();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> client.access()
                            .send(elsewhere, "/", HttpRequest.newBuilder().GET(), BodyHandlers.discarding()))
                    .withMessage("node: " + elsewhere + " (expected: one of the client's)");
            assertThat(other.untaken()).isZero();
        }
    }
}
