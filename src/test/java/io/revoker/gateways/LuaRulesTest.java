package io.revoker.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.Gateway;
import io.revoker.testing.NeedsTools;
import io.revoker.testing.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules of the Lua files in conf/gateways, run by HAProxy without connections, and without waiting. */
@NeedsTools
class LuaRulesTest {
    private static final Path RULES = Path.of("src/test/resources/io/revoker/gateways");

    @Test
    void aConnectionEndsABoundAfterItsTokenWasKnownToBeGood() throws IOException {
        assertHolds("live-rules.lua");
    }

    @Test
    void answersFromBeforeAnEventOfTheFeedDoNotCount() throws IOException {
        assertHolds("feed-rules.lua");
    }

    private static void assertHolds(String rules) throws IOException {
        Path settings = Files.writeString(Gateway.directory().resolve("rules.cfg"), """
                global
                  lua-prepend-path %s/?.lua
                  lua-load %s
                defaults
                  mode http
                  timeout connect 1s
                  timeout client 1s
                  timeout server 1s
                frontend none
                  bind 127.0.0.1:65000
                """.formatted(
                Path.of("conf/gateways").toAbsolutePath(), RULES.resolve(rules).toAbsolutePath()));
        Process haproxy = new ProcessBuilder("haproxy", "-c", "-f", settings.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(haproxy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(Processes.awaitEnd(haproxy)).as(said).isZero();
    }
}
