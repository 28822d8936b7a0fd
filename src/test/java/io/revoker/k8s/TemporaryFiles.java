package io.revoker.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that go away with the test run. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    static Path file(String name, String suffix) {
        try {
            Path file = Files.createTempFile("revoker-" + name, suffix);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path holding(String text) {
        try {
            return Files.writeString(file("settings", ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
