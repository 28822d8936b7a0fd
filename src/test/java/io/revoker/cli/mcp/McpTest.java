package io.revoker.cli.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.revoker.cli.mcp.Assistant.Result;
import io.revoker.testing.Api;
import io.revoker.testing.ClientFiles;
import io.revoker.testing.Processes;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an assistant can do by {@code revoker mcp}, which runs as a process of its own. */
class McpTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());
    private static Assistant assistant;

    private final Api api = new Api(SERVICE);
    private final String realm = Api.fresh("realm");
    private final String user = Api.fresh("joe");

    @BeforeAll
    static void start() {
        assistant = Assistant.start(SERVICE, Map.of());
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    @Test
    void saysWhichToolsReadAndWhichOneRevokes() {
        assertThat(assistant.tools())
                .extracting(Tool::name)
                .containsExactlyInAnyOrder("list_tokens", "list_locks", "list_sweeps", "preview_revocation", "revoke");
        assertThat(assistant.tools()).allSatisfy(tool -> {
            assertThat(tool.annotations().readOnlyHint()).isEqualTo(!tool.name().equals("revoke"));
            assertThat(tool.annotations().destructiveHint())
                    .isEqualTo(tool.name().equals("revoke"));
        });
    }

    @Test
    void previewsAndRevokesWhatWasPreviewed() {
        String token = api.access(realm, user);
        String other = api.access(realm, Api.fresh("anna"));

        Result preview = preview();
        assertThat(preview.sentence())
                .isEqualTo("user " + user + " in realm " + realm + ": 1 live token would be invalidated");
        assertThat(api.check(token)).isEqualTo(200);

        Result done = revoke(preview);
        assertThat(done.isError()).as(done.sentence()).isFalse();
        assertThat(done.sentence()).isEqualTo("user " + user + " in realm " + realm + ": 1 token invalidated");
        assertThat(api.check(token)).isEqualTo(401);
        assertThat(api.check(other)).isEqualTo(200);
        assertThat(Assistant.tree(done.texts().get(1))).isEqualTo(done.json());
    }

    @Test
    void doesOnceWhatIsRepeated() {
        api.access(realm, user);
        Result preview = preview();
        Result first = revoke(preview);
        String later = api.access(realm, user);

        Result second = revoke(preview);

        assertThat(second).isEqualTo(first);
        assertThat(api.check(later)).isEqualTo(200);
    }

    @Test
    void revokesNothingIfThereIsMoreThanWasPreviewed() {
        String token = api.access(realm, user);
        Result preview = preview();
        api.access(realm, user);

        Result refused = revoke(preview);

        assertThat(refused.isError()).isTrue();
        assertThat(refused.sentence()).contains("more live tokens than expected_max: 1");
        assertThat(api.check(token)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'approval':'0b1f6d0c-8f5e-4d3f-9b59-7f1f6f0b6c11'}", "{}", "{'approval':''}"})
    void revokesNothingWithoutTheApprovalOfAPreview(String arguments) {
        String token = api.access(realm, user);

        Result refused = assistant.call("revoke", arguments);

        assertThat(refused.isError()).isTrue();
        assertThat(refused.sentence()).contains("approval");
        assertThat(api.check(token)).isEqualTo(200);
    }

    /** The model would not need the preview if it could say what to revoke at once. */
    @Test
    void takesNoTargetBesideAnApproval() {
        String token = api.access(realm, user);
        Result preview = preview();

        Result refused = assistant.call(
                "revoke",
                "{'approval':'" + preview.json().path("approval").asText() + "','target':{'realm_name':'" + realm
                        + "'}}");

        assertThat(refused.isError()).isTrue();
        assertThat(api.check(token)).isEqualTo(200);
    }

    @Test
    void listsTokensWithoutShowingThem() {
        String token = api.access(realm, user);

        Result list = assistant.call("list_tokens", "{'realm_name':'" + realm + "','username':'" + user + "'}");

        assertThat(list.sentence()).isEqualTo("1 grant with a live token");
        assertThat(list.json().path("grants")).hasSize(1);
        assertThat(list.texts().toString()).doesNotContain(token);
        assertThat(assistant
                        .call("list_tokens", "{'username':'" + user + "'}")
                        .json()
                        .path("grants"))
                .hasSize(1)
                .allMatch(grant -> grant.path("realm_name").asText().equals(realm));
    }

    @Test
    void listsLocksAndSweeps() {
        assertThat(assistant.call("list_locks", "{}").json().path("locks").isArray())
                .isTrue();
        assertThat(assistant.call("list_sweeps", "{}").json().path("sweeps").isArray())
                .isTrue();
    }

    @Test
    void handsOnWhatTheServiceRefuses() {
        Result refused = assistant.call("preview_revocation", "{'target':{'kid':'key-1'}}");

        assertThat(refused.isError()).isTrue();
        assertThat(refused.sentence()).contains("(status 400)");
    }

    @Test
    void mayDoWhatItsCredentialsMay() {
        try (RunningService guarded = RunningService.start(ClientFiles.option());
                Assistant gateway = Assistant.start(
                        guarded, Map.of("REVOKER_CLIENT", ClientFiles.GATEWAY, "REVOKER_SECRET", ClientFiles.SECRET))) {
            Result refused = gateway.call("preview_revocation", "{'target':{'username':'" + user + "'}}");

            assertThat(refused.isError()).isTrue();
            assertThat(refused.sentence()).contains("(status 403)");
        }
    }

    /** The library (mcp-core 2.1.0) reads nothing more after a line that it can't read, but goes on as if it did. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void printsMessagesOnlyAndEndsWithItsInputOrWithALineThatIsNoMessage(boolean isCut) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Assistant.command());
        builder.environment().putAll(Assistant.environment(SERVICE));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().write("""
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",\
                "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
                """.getBytes(UTF_8));
        process.getOutputStream().flush();
        String answer = process.inputReader(UTF_8).readLine();
        if (isCut) {
            process.getOutputStream().close();
        } else {
            process.getOutputStream().write("no message\n".getBytes(UTF_8));
            process.getOutputStream().flush();
        }

        assertThat(Assistant.tree(answer).at("/result/serverInfo/name").asText())
                .isEqualTo("revoker");
        assertThat(process.inputReader(UTF_8).lines())
                .allSatisfy(
                        line -> assertThat(Assistant.tree(line).path("jsonrpc").asText())
                                .isEqualTo("2.0"));
        assertThat(Processes.awaitEnd(process)).isZero();
    }

    private Result preview() {
        return assistant.call(
                "preview_revocation",
                "{'target':{'realm_name':'" + realm + "','username':'" + user + "'},'reason':{'code':'compromise'}}");
    }

    private static Result revoke(Result preview) {
        return assistant.call(
                "revoke", "{'approval':'" + preview.json().path("approval").asText() + "'}");
    }
}
