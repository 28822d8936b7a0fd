package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.revoker.testing.Api;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** What really comes, by the schema of its message. A member that it does not name is a fault. */
    @Test
    void describesEachMessageAsItIs() {
        Schemas schemas = Schemas.of(document);
        Api api = new Api(service);
        String realm = Api.fresh("corp");
        Api.Pair pair = api.pair(realm, "joe");
        String lone = api.access(realm, "joe");
        try (BridgeClient client = BridgeClient.to(service)) {
            JsonNode beat = client.exchange("{'type':'register','address':'revocation.v1.heartbeat'}");
            assertThat(schemas.faults("HeartbeatFrame", beat))
                    .as(beat.toString())
                    .isEmpty();
            client.send("{'type':'unregister','address':'revocation.v1.heartbeat'}");
            String since = beat.at("/body/stamp").textValue();
            client.send("{'type':'register','address':'revocation.v1.events'}");
            for (String document : List.of(
                    "{'target':{'token':'" + lone + "'}}",
                    "{'target':{'refresh_token':'" + pair.refresh() + "','grant':true}}",
                    "{'target':{'realm_name':'" + realm + "','username':'joe'},'reason':{'text':'stolen'}}",
                    "{'target':{'realm_name':'" + realm + "','client_id':'app'}}",
                    "{'target':{'realm_name':'" + realm + "'},'issued_before':'" + Api.ahead(Duration.ZERO) + "'}",
                    "{'target':{'realm_name':'" + realm + "'},'until':'" + Api.ahead(Duration.ofHours(1)) + "'}",
                    "{'target':{'realm_name':'" + realm + "'},'dry_run':true}",
                    "{'target':{'token':'no-such'}}")) {
                valid(schemas, "RevokeReply", client, ask("revoke", "{}", document));
            }
            valid(
                    schemas,
                    "RevokeReply",
                    client,
                    ask("revoke", "{'wait_for_completion':'false'}", "{'target':{'realm_name':'" + realm + "'}}"));
            valid(
                    schemas,
                    "CheckReply",
                    client,
                    ask("check", "{}", "{'tokens':['" + lone + "','" + api.access(Api.fresh("lab"), "ann") + "']}"));
            JsonNode changes =
                    valid(schemas, "ChangesReply", client, ask("changes", "{}", "{'since':'" + since + "'}"));
            assertThat(changes.at("/body/events").size()).isGreaterThanOrEqualTo(7);
            valid(schemas, "ErrorFrame", client, ask("changes", "{}", "{}"));
        }
    }

    private static String ask(String what, String headers, String body) {
        return "{'type':'send','address':'revocation.v1." + what + "','replyAddress':'r','headers':" + headers
                + ",'body':" + body + "}";
    }

    /** The answer; events come in between. */
    private static JsonNode valid(Schemas schemas, String message, BridgeClient client, String request) {
        JsonNode frame = client.exchange(request);
        while (!frame.path("address").asText().equals("r")) {
            String name = frame.path("address").asText().endsWith("heartbeat") ? "HeartbeatFrame" : "EventFrame";
            assertThat(schemas.faults(name, frame)).as(frame.toString()).isEmpty();
            frame = client.next();
        }
        assertThat(schemas.faults(message, frame)).as(frame.toString()).isEmpty();
        return frame;
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
