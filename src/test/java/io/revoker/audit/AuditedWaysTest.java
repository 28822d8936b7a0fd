package io.revoker.audit;

import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.BridgeClient;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.MountedFiles;
import io.revoker.testing.RunningService;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of what comes in by other ways than a single request over HTTP. */
class AuditedWaysTest {
    @TempDir
    private Path directory;

    @Test
    void tellsOfEachLineOfAStream() {
        try (RunningService service = RunningService.start(ClientFiles.option())) {
            String one = ClientFiles.token(service, "corp");
            String two = ClientFiles.token(service, "corp");

            service.call("POST", "/v1/revocations")
                    .basic(ClientFiles.OPS, ClientFiles.SECRET)
                    .header("Content-Type", "application/x-ndjson")
                    .body("{\"token\":\"" + one + "\"}\n{\"token\":\"" + two + "\"}\n{\"token\":\""
                            + Api.fresh("unknown") + "\"}\n")
                    .send();

            assertThat(entries(service, "revocation"))
                    .hasSize(2)
                    .allSatisfy(
                            entry -> assertThat(entry.path("caller").asText()).isEqualTo(ClientFiles.OPS))
                    .allSatisfy(entry -> assertThat(entry.path("via").asText()).isEqualTo("POST /v1/revocations"))
                    .allSatisfy(
                            entry -> assertThat(entry.path("username").asText()).isEqualTo("joe"))
                    .allSatisfy(
                            entry -> assertThat(entry.path("outcome").asText()).isEqualTo("done"))
                    .extracting(entry -> entry.path("token_id").asText())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void tellsOfWhatComesOverTheBridge() {
        try (RunningService service = BridgeClient.service();
                BridgeClient client = BridgeClient.to(service)) {
            client.sendAs(ClientFiles.ROOT, "{'type':'ping'}").next();
            client.sendAs(
                            ClientFiles.ROOT,
                            "{'type':'send','address':'revocation.v1.revoke','replyAddress':'r','body':"
                                    + "{'target':{'realm_name':'corp','username':'joe'}}}")
                    .next();

            JsonNode entry = entries(service, "revocation").get(0);
            assertThat(entry.path("caller").asText()).isEqualTo(ClientFiles.ROOT);
            assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(entry.path("via").asText()).isNotEmpty().isNotEqualTo("event bus");
            assertThat(entry.path("username").asText()).isEqualTo("joe");
        }
    }

    @Test
    void tellsOfFilesThatWereTakenOverOrRefused() {
        MountedFiles mounted = MountedFiles.in(directory);
        Path file = mounted.put("clients.yaml", ClientFiles.text());
        try (RunningService service = RunningService.start("--clients.file=" + file, "--reload.interval=20ms")) {
            mounted.put("clients.yaml", ClientFiles.text() + ClientFiles.another("more", "[check]"));
            until("taken over", () -> entries(service, "reload").size() == 1);
            mounted.put("clients.yaml", ClientFiles.text() + ClientFiles.another("more", "[chekc]"));
            until("refused", () -> entries(service, "reload").size() == 2);

            List<JsonNode> entries = entries(service, "reload");
            assertThat(entries)
                    .extracting(entry -> entry.path("outcome").asText())
                    .containsExactly("refused", "done");
            assertThat(entries)
                    .allSatisfy(
                            entry -> assertThat(entry.path("caller").asText()).isEqualTo("service"))
                    .allSatisfy(
                            entry -> assertThat(entry.path("subject").asText()).contains("clients"))
                    .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain("sha256"));
        }
    }

    private static List<JsonNode> entries(RunningService service, String kind) {
        return service.call("GET", "/v1/audit?kind=" + kind)
                .basic(ClientFiles.ROOT, ClientFiles.SECRET)
                .send()
                .each("entries");
    }
}
