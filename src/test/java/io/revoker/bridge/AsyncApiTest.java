package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of what is published and asked by messages. */
class AsyncApiTest {
    private static RunningService service;
    private static String text;
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        service = RunningService.start("--bridge.enabled=true", "--bridge.port=0");
        Reply reply = service.call("GET", "/asyncapi.yaml").send();
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml");
        text = reply.body();
        document = new YAMLMapper().readTree(text);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    @NeedsTools
    void isOneByTheRulesOfAsyncApi(@TempDir Path directory) throws IOException {
        NodeScript validator = NodeScript.of(AsyncApiTest.class, "validate-asyncapi.mjs");

        assertThat(validator.run(Files.writeString(directory.resolve("asyncapi.yaml"), text)
                        .toString()))
                .isEqualTo("end");
    }

    @Test
    void hasEachAddressOfTheBridge() {
        for (JsonNode operation : document.path("operations")) {
            JsonNode channel = at(operation.path("channel"));
            if (channel.path("servers").toString().contains("bridge")) {
                String type = operation.path("action").textValue().equals("send") ? "register" : "send";
                assertThat(denied(type, channel.path("address").textValue()))
                        .as(channel.toString())
                        .isFalse();
            }
        }
        assertThat(addresses())
                .contains(
                        "revocation.v1.events",
                        "revocation.v1.heartbeat",
                        "revocation.v1.changes",
                        "revocation.v1.check",
                        "revocation.v1.revoke",
                        "revoker.revocations",
                        "/v1/revocations/stream");
    }

    private static JsonNode at(JsonNode reference) {
        return document.at(reference.path("$ref").textValue().substring(1));
    }

    private static List<String> addresses() {
        return StreamSupport.stream(document.path("channels").spliterator(), false)
                .map(channel -> channel.path("address").asText())
                .toList();
    }

    private static boolean denied(String type, String address) {
        try (BridgeClient client = BridgeClient.to(service)) {
            JsonNode answer = client.send("{'type':'" + type + "','address':'" + address + "','body':{}}")
                    .exchange("{'type':'ping'}");
            return answer.path("failureCode").asInt() == 403;
        }
    }
}
