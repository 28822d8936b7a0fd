package io.revoker.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a secret or a token: from a file, from a person without echo, or from standard input. Never from an argument,
 * which every user of the machine can see.
 */
public final class SecretInput {
    private static final int MOST = 1 << 16;

    private SecretInput() {}

    /** The first line of a file. */
    public static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return line(in, file.toString());
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": " + e.getClass().getSimpleName() + " (expected: a readable file)");
        }
    }

    /** What a person types; in a pipe, the first line of standard input. */
    public static String ofPerson(CommandIo io, String prompt) {
        return io.console()
                .map(console -> Optional.ofNullable(console.readPassword("%s: ", prompt))
                        .map(String::new)
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(() -> missing(prompt)))
                .orElseGet(() -> ofInput(io, prompt));
    }

    /** A line for each name: of a file if there is one, else typed by a person, else of standard input. */
    public static List<String> lines(CommandIo io, Optional<Path> file, List<String> names) {
        if (file.isEmpty() && io.console().isPresent()) {
            return names.stream().map(name -> ofPerson(io, name)).toList();
        }
        try (InputStream in = file.isPresent() ? Files.newInputStream(file.get()) : io.in()) {
            List<String> lines = new String(in.readNBytes(MOST), UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.size() != names.size()) {
                throw CommandFailure.usage(
                        String.join(", ", names) + ": " + lines.size() + " lines (expected: " + names.size() + ")");
            }
            return lines;
        } catch (IOException e) {
            throw CommandFailure.usage(file.map(Path::toString).orElse("input") + ": "
                    + e.getClass().getSimpleName() + " (expected: readable)");
        }
    }

    private static String ofInput(CommandIo io, String name) {
        try {
            return line(io.in(), name);
        } catch (IOException e) {
            throw missing(name);
        }
    }

    private static String line(InputStream in, String name) throws IOException {
        String text = new String(in.readNBytes(MOST), UTF_8);
        return text.lines()
                .findFirst()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .orElseThrow(() -> missing(name));
    }

    private static CommandFailure missing(String name) {
        return CommandFailure.usage(name + ": missing (expected: one line)");
    }
}
