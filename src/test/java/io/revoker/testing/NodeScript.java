package io.revoker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A script for Node.js, beside the packages in the folder that {@code REVOKER_TEST_NPM} names. */
public record NodeScript(Path file) {
    private static final String VARIABLE = "REVOKER_TEST_NPM";

    /** A copy of a script from beside a class. */
    public static NodeScript of(Class<?> beside, String name) throws IOException {
        Path packages = Path.of(Optional.ofNullable(System.getenv(VARIABLE))
                        .orElseThrow(() -> new IllegalStateException(VARIABLE + ": not set (expected: a folder with"
                                + " node_modules, as .ci/run installs them)")))
                .toAbsolutePath();
        Path copy = packages.resolve(name);
        try (InputStream script = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return new NodeScript(copy);
    }

    /** What it prints, without the end of the line; its errors too. */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", file.toString()));
        command.addAll(List.of(arguments));
        try {
            Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
            node.getOutputStream().close();
            String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Processes.awaitEnd(node);
            return printed.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
