package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.Manual;
import io.revoker.testing.MarkdownBlocks;
import io.revoker.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the manual for a second instance, on ports that are free here. */
class SecondInstanceIT {
    private static final String COMMAND = "java -jar target/revoker.jar ";

    @TempDir
    private Path directory;

    @Test
    void isOneServiceWithTheFirst() throws IOException {
        try (JarProcess first = JarProcess.start(directory)) {
            first.awaitReady();
            try (JarProcess second = JarProcess.run(directory, command())) {
                second.awaitReady();
                try (RawConnection ofFirst = first.connect();
                        RawConnection ofSecond = second.connect()) {
                    assertThat(ofFirst.exchange(Requests.register("shared")).status())
                            .isEqualTo(201);
                    assertThat(ofSecond.exchange(Requests.check("shared")).status())
                            .isEqualTo(200);
                    assertThat(ofSecond.exchange(Requests.invalidate("shared")).status())
                            .isEqualTo(200);
                    assertThat(ofFirst.exchange(Requests.check("shared")).status())
                            .isEqualTo(401);
                }
                assertThat(first.redis()).hasSize(1);
            }
            assertThat(first.redis()).as("outlives the second").hasSize(1);
        }
    }

    private static List<String> command() {
        String line = Manual.blocks().stream()
                .map(MarkdownBlocks.Block::text)
                .filter(text -> text.startsWith(COMMAND) && text.contains("redis.embedded.join"))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(line.substring(COMMAND.length()).strip().split(" "))
                .map(word -> word.replaceFirst("port=\\d+", "port=0"))
                .toList();
    }
}
