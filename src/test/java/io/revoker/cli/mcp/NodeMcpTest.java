package io.revoker.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Api;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.NodeScript;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that nobody here wrote, in JavaScript: @modelcontextprotocol/sdk. */
@NeedsTools
class NodeMcpTest {
    private static final RunningService SERVICE = RunningService.shared(RedisServers.embedded());

    @Test
    void previewsAndRevokes() throws IOException {
        Api api = new Api(SERVICE);
        String realm = Api.fresh("realm");
        String user = Api.fresh("joe");
        String token = api.access(realm, user);
        List<String> command = Assistant.command();
        String server = "REVOKER_SERVER=" + SERVICE.uri("");

        String said = NodeScript.of(NodeMcpTest.class, "mcp-client.mjs")
                .run(Stream.concat(Stream.of(realm, user, "env", server), command.stream())
                        .toArray(String[]::new));

        assertThat(said).isEqualTo("{\"tools\":5,\"counted\":1,\"invalidated\":1}");
        assertThat(api.check(token)).isEqualTo(401);
    }
}
