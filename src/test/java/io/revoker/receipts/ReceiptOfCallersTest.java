package io.revoker.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.testing.Api;
import io.revoker.testing.Call;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Reply;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose followers count, and whose are named. */
class ReceiptOfCallersTest {
    private static final String LAB = "lab-gateways";

    private RunningService service;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        String clients = ClientFiles.text() + ClientFiles.another(LAB, "[feed]") + "    realms: [lab, 'a b/c']\n";
        Path file = Files.writeString(directory.resolve("clients.yaml"), clients);
        service = RunningService.start("--clients.file=" + file);
        confirm(ClientFiles.ROOT, "everywhere");
        confirm(ClientFiles.CORP, "of-corp");
        confirm(LAB, "of-lab");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void countsThoseThatTheRevocationConcerns() {
        assertThat(named(revoke(ClientFiles.ROOT, "{\"realm_name\":\"corp\"}")))
                .containsExactly("everywhere", "of-corp");
        assertThat(named(revoke(ClientFiles.ROOT, "{\"realm_name\":\"a b/c\",\"username\":\"joe\"}")))
                .containsExactly("everywhere", "of-lab");
        assertThat(named(revoke(ClientFiles.ROOT, "{\"realm_name\":\"none\"}"))).containsExactly("everywhere");
        assertThat(named(revoke(ClientFiles.ROOT, "{\"username\":\"joe\"}")))
                .containsExactly("everywhere", "of-corp", "of-lab");
    }

    /** The service does not know of which realm it was. */
    @Test
    void countsAllForASingleTokenIfTheCallerMayActInAllRealms() {
        String token = ClientFiles.token(service, "corp");
        assertThat(named(revoke(ClientFiles.OPS, "{\"token\":\"" + token + "\"}")))
                .containsExactly("everywhere", "of-corp", "of-lab");
        String another = ClientFiles.token(service, "corp");
        JsonNode receipt = revoke(ClientFiles.CORP, "{\"token\":\"" + another + "\"}");
        assertThat(receipt.path("registered").asInt()).isEqualTo(2);
    }

    @Test
    void namesToACallerOfSomeRealmsItsOwnOnly() {
        JsonNode receipt = revoke(ClientFiles.CORP, "{\"realm_name\":\"corp\"}");
        assertThat(receipt.path("registered").asInt()).isEqualTo(2);
        assertThat(named(receipt)).containsExactly("of-corp");
        assertThat(receipt.path("state").asText()).isEqualTo("UNKNOWN");
    }

    private static Set<String> named(JsonNode receipt) {
        Set<String> names = new TreeSet<>();
        receipt.path("followers").forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    private JsonNode revoke(String caller, String body) {
        Reply done = call(caller, "DELETE", Api.PATH + "?wait_for=followers&timeout=1ms")
                .json(body)
                .send();
        assertThat(done.status()).as(done.body()).isEqualTo(202);
        return done.json().path("receipt");
    }

    private void confirm(String caller, String name) {
        assertThat(call(caller, "PUT", "/v1/followers/" + name)
                        .json("{\"confirmed\":\"1\"}")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    private Call call(String caller, String method, String path) {
        return service.call(method, path).basic(caller, ClientFiles.SECRET);
    }
}
