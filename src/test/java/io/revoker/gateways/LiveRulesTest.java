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

/** How long conf/gateways/live.lua lets connections stay, run by HAProxy without connections, and without waiting. */
@NeedsTools
class LiveRulesTest {
    private static final Path RULES = Path.of("src/test/resources/io/revoker/gateways/live-rules.lua");

    @Test
    void aConnectionEndsABoundAfterItsTokenWasKnownToBeGood() throws IOException {
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
                        Path.of("conf/gateways").toAbsolutePath(), RULES.toAbsolutePath()));
        Process haproxy = new ProcessBuilder("haproxy", "-c", "-f", settings.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(haproxy.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(Processes.awaitEnd(haproxy)).as(said).isZero();
    }
}
