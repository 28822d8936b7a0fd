package io.revoker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The connections to a port of this machine, as the kernel of Linux lists them. */
final class OpenConnections {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    /** ESTABLISHED and CLOSE_WAIT: those that the server has not closed. */
    private static final Set<String> OPEN = Set.of("01", "08");

    private OpenConnections() {}

    /** Those that the server of the port has not closed. */
    static int to(int port) {
        String local = ":%04X".formatted(port);
        return (int) TABLES.stream()
                .flatMap(OpenConnections::rows)
                .map(row -> row.strip().split("\\s+"))
                .filter(row -> row[1].endsWith(local) && OPEN.contains(row[3]))
                .count();
    }

    private static Stream<String> rows(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
