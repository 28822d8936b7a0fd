package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view whose file can't be written for a while. */
class StateSaverTest {
    private final ScriptedFeed feed = new ScriptedFeed();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        feed.close();
    }

    private Path file() {
        return directory.resolve("missing").resolve("view");
    }

    /** Nothing is revoked meanwhile. */
    @Test
    void writesItWhenTheViewIsClosedThoughItHasFailedBefore() throws IOException {
        try (Watched view =
                Watched.of(List.of(feed.uri()), how -> how.file(file())).awaitFresh()) {
            view.awaitTold("NoSuchFileException");
            Files.createDirectory(file().getParent());
        }

        assertThat(new StateFile(file()).read(10)).map(StateFile.State::stamp).isEqualTo(Optional.of(feed.stamp));
    }
}
