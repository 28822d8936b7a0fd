package io.revoker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.RunningService;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that nobody wrote for this service: four bytes of length, and JSON. */
class BridgeTest {
    private static final int MANY = 4000;
    private static final String OTHER = "other";
    private static final String FOLLOW = "{'type':'register','address':'revocation.v1.events'}";
    private static final String PING = "{'type':'ping'}";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = BridgeClient.service();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void checksRevokesAndFollows() {
        String token = ClientFiles.token(service, "corp");
        String before = stamp();
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, FOLLOW);
            assertThat(client.ask("revocation.v1.check", "{'tokens':['" + token + "']}")
                            .at("/checks/0/active")
                            .booleanValue())
                    .isTrue();

            client.send(revoke("{'target':{'token':'" + token + "'}}"));
            JsonNode one = client.next();
            JsonNode two = client.next();
            JsonNode answer = one.path("send").booleanValue() ? one : two;
            JsonNode event = one.path("send").booleanValue() ? two : one;

            assertThat(answer.path("address").textValue()).isEqualTo("r");
            assertThat(answer.at("/headers/status").textValue()).isEqualTo("200");
            assertThat(answer.at("/body/invalidated_tokens").intValue()).isEqualTo(1);
            assertThat(event.path("address").textValue()).isEqualTo("revocation.v1.events");
            assertThat(event.at("/body/event").textValue()).isEqualTo("revocation");
            assertThat(event.at("/body/realm_name").textValue()).isEqualTo("corp");
            assertThat(client.ask("revocation.v1.check", "{'tokens':['" + token + "']}")
                            .at("/checks/0/reason")
                            .textValue())
                    .isEqualTo("revoked");
            assertThat(client.ask("revocation.v1.changes", "{'since':'" + before + "'}")
                            .path("events"))
                    .contains(event.path("body"));
        }
    }

    @Test
    void tellsThatAllIsWell() {
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, "{'type':'register','address':'revocation.v1.heartbeat'}");

            assertThat(client.next().at("/body/event").textValue()).isEqualTo("heartbeat");
            assertThat(client.next().at("/body/as_of").textValue()).isNotNull();
        }
    }

    @Test
    void showsACallerOnlyItsRealms() {
        String mine = ClientFiles.token(service, "corp");
        String foreign = ClientFiles.token(service, OTHER);
        String before = stamp();
        try (BridgeClient corp = BridgeClient.to(service);
                BridgeClient root = BridgeClient.to(service)) {
            corp.sendAs(ClientFiles.CORP, FOLLOW);
            assertThat(corp.ask("revocation.v1.check", "{'tokens':['" + foreign + "','" + mine + "']}")
                            .findValuesAsText("active"))
                    .containsExactly("false", "true");
            assertThat(corp.exchange(revoke("{'target':{'realm_name':'" + OTHER + "'}}"))
                            .path("failureCode")
                            .intValue())
                    .isEqualTo(403);
            assertThat(corp.exchange(revoke("{'target':{'token':'" + foreign + "'}}"))
                            .at("/headers/status")
                            .textValue())
                    .isEqualTo("404");

            root.sendAs(ClientFiles.ROOT, PING).next();
            root.sendAs(ClientFiles.ROOT, revoke("{'target':{'realm_name':'" + OTHER + "'}}"));
            assertThat(root.next().at("/headers/status").textValue()).isEqualTo("200");
            root.ask("revocation.v1.revoke", "{'target':{'username':'secret name'}}");
            root.ask("revocation.v1.revoke", "{'target':{'realm_name':'corp','username':'joe'}}");

            JsonNode ofAUser = corp.next();
            JsonNode ofMine = corp.next();
            assertThat(ofAUser.at("/body/event").textValue()).isEqualTo("mark");
            assertThat(ofAUser.toString()).doesNotContain("secret name");
            assertThat(ofMine.at("/body/target/realm_name").textValue()).isEqualTo("corp");
            assertThat(corp.ask("revocation.v1.changes", "{'since':'" + before + "'}")
                            .toString())
                    .contains("corp")
                    .doesNotContain("secret name", "\"" + OTHER + "\"");
        }
    }

    @Test
    void refusesWhatACallerMayNotDo() {
        try (BridgeClient gateway = BridgeClient.to(service)) {
            gateway.sendAs(ClientFiles.GATEWAY, FOLLOW);
            isDenied(gateway.next());
            isDenied(gateway.exchange(revoke("{'target':{'realm_name':'corp'}}")));
            isDenied(gateway.exchange("{'type':'send','address':'revocation.v1.changes','body':{'since':'0'}}"));
            assertThat(gateway.ask("revocation.v1.check", "{'tokens':['x']}")
                            .at("/checks/0/active")
                            .booleanValue())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'send','address':'revoker.revoke','replyAddress':'r','body':{}}",
                "{'type':'send','address':'revoker.check','headers':{'codecName':'io.revoker.bus.Check'},'body':{}}",
                "{'type':'publish','address':'revocation.v1.events','body':{}}",
                "{'type':'publish','address':'revoker.revocations','body':{}}",
                "{'type':'register','address':'revoker.revocations'}",
                "{'type':'register','address':'revoker.revoke'}"
            })
    void reachesNoOtherAddress(String frame) {
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, "{'type':'unregister','address':'x'}")
                    .next();

            isDenied(client.exchange(frame));
        }
    }

    @Test
    void asksEachConnectionWhoItIs() {
        try (BridgeClient stranger = BridgeClient.to(service)) {
            assertThat(stranger.exchange(PING).path("type").textValue()).isEqualTo("pong");
            assertThat(stranger.exchange(FOLLOW).path("failureCode").intValue()).isEqualTo(401);
            assertThat(stranger.isClosed()).isTrue();
        }
        try (BridgeClient liar = BridgeClient.to(service)) {
            liar.send(
                    "{'type':'register','address':'revocation.v1.events','headers':{'authorization':'Basic cm9vdDp4'}}");
            assertThat(liar.next().path("failureCode").intValue()).isEqualTo(401);
            assertThat(liar.isClosed()).isTrue();
        }
        try (BridgeClient two = BridgeClient.to(service)) {
            two.sendAs(ClientFiles.ROOT, FOLLOW).sendAs(ClientFiles.CORP, FOLLOW);
            assertThat(two.next().path("failureCode").intValue()).isEqualTo(403);
            assertThat(two.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 256 * 1024 + 1, Integer.MAX_VALUE, 0x474554})
    void endsAConnectionWithAFrameThatIsTooLong(int length) {
        try (BridgeClient client = BridgeClient.to(service)) {
            client.raw(ByteBuffer.allocate(4).putInt(length).array());

            assertThat(client.next().path("failureCode").intValue()).isEqualTo(413);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "7",
                "{}",
                "{'type':7}",
                "{'type':'message','address':'x'}",
                "{'type':'send'}",
                "{'type':'send','address':7}",
                "{'type':'send','address':'x','headers':{'a':7}}",
                "{'type':'send','type':'ping'}"
            })
    void saysWhatIsWrongWithAFrameAndGoesOn(String frame) {
        try (BridgeClient client = BridgeClient.to(service)) {
            assertThat(client.exchange(frame).path("failureCode").intValue()).isEqualTo(400);
            assertThat(client.exchange(PING).path("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        try (BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, revoke("{'target':{'realm_name':7}}"));
            JsonNode error = client.next();

            assertThat(error.path("type").textValue()).isEqualTo("err");
            assertThat(error.path("address").textValue()).isEqualTo("r");
            assertThat(error.path("failureCode").intValue()).isEqualTo(400);
            assertThat(error.path("message").textValue()).contains("realm_name");
        }
    }

    @Test
    void takesFramesInAnyPieces() {
        byte[] two = (new String(frame(PING), StandardCharsets.ISO_8859_1)
                        + new String(frame(PING), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        try (BridgeClient client = BridgeClient.to(service)) {
            for (byte piece : two) {
                client.raw(new byte[] {piece});
            }
            assertThat(client.next()).isEqualTo(client.next());
            client.raw(two);
            assertThat(client.next()).isEqualTo(client.next());
        }
    }

    @Test
    void doesNotKeepEventsForAClientThatDoesNotRead() {
        String realm = Api.fresh("corp");
        try (BridgeClient slow = BridgeClient.to(service)) {
            slow.sendAs(ClientFiles.ROOT, FOLLOW).exchange(PING);
            stream("/v1/tokens", "{\"realm_name\":\"" + realm + "\",\"username\":\"joe\",\"access_token\":\"");
            stream("/v1/revocations", "{\"token\":\"");

            JsonNode body = slow.next().path("body");
            int events = 0;
            while (!body.path("event").textValue().equals("reset")) {
                body = slow.next().path("body");
                events++;
            }
            assertThat(body.path("reason").textValue()).isEqualTo("behind");
            assertThat(events).isLessThan(MANY);
        }
    }

    /** Of a revocation. */
    private static String stamp() {
        return service.call("POST", "/v1/revocations")
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .json("{\"target\":{\"realm_name\":\"" + Api.fresh("before") + "\"}}")
                .send()
                .header("Revoker-Stamp");
    }

    /** Many lines, each with a token. */
    private static void stream(String path, String begin) {
        service.call("POST", path)
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .header("Content-Type", "application/x-ndjson")
                .body(IntStream.range(0, MANY)
                        .mapToObj(i -> begin + "bridge-token-" + i + "\"}\n")
                        .collect(Collectors.joining()))
                .send();
    }

    private static byte[] frame(String json) {
        return BridgeClient.frame(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String revoke(String body) {
        return "{'type':'send','address':'revocation.v1.revoke','replyAddress':'r','body':" + body + "}";
    }

    private static void isDenied(JsonNode answer) {
        assertThat(answer.path("failureCode").intValue()).isEqualTo(403);
        assertThat(answer.path("message").textValue()).isEqualTo("access_denied");
    }
}
