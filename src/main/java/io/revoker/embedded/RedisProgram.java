package io.revoker.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * The program of an embedded server: the built-in one, or one of the machine. It is copied into a directory of the
 * service's own, because its processes are recognized by the path of their program.
 *
 * @param given the path of a program, or a name on the search path; empty for the built-in one
 * @param executables the directory of copies
 */
record RedisProgram(Optional<Path> given, Path executables) {
    private static final String COPY = "redis-server";
    private static final String SETTING = "redis.embedded.binary: ";
    private static final Pattern VERSION = Pattern.compile("Redis server v=(\\d+)\\.\\S+");
    private static final int PATIENCE_SECONDS = 10;

    /** From this version on the append-only file is a directory, which an older server ignores. */
    private static final int NEW_FILES = 7;

    private static final String NEW_DIRECTORY = "appendonlydir";

    /**
     * Installs the program. No server may be running it.
     *
     * @throws IOException if there is none, or if it would ignore the data that a newer one has left in the data
     * directory
     */
    Path install(Path data) throws IOException {
        Files.createDirectories(executables);
        Path program = given.isPresent() ? copyOf(found(given.get())) : builtIn();
        if (Files.exists(data.resolve(NEW_DIRECTORY)) && major(program) < NEW_FILES) {
            throw new IOException("redis.embedded.directory: " + data
                    + " was written by a newer Redis (expected: redis.embedded.binary of 7.0 or newer)");
        }
        return program;
    }

    private Path builtIn() throws IOException {
        try {
            return ExecutableProvider.newJarResourceProvider(executables.toFile())
                    .get()
                    .toPath();
        } catch (RuntimeException e) {
            throw new IOException(
                    "redis.url: not set (expected: a Redis, or redis.embedded.binary, because none is built in for this platform)",
                    e);
        }
    }

    /** A plain name is searched for as a shell would. */
    private static Path found(Path given) throws IOException {
        boolean isName = given.getNameCount() == 1 && !given.isAbsolute() && given.getParent() == null;
        Stream<Path> places = isName
                ? Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(File.pathSeparator))
                        .map(directory -> Path.of(directory).resolve(given))
                : Stream.of(given);
        return places.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new IOException(SETTING + given + " (expected: an executable redis-server)"));
    }

    private Path copyOf(Path program) throws IOException {
        Path fresh = executables.resolve(COPY + ".new");
        Files.copy(program, fresh, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        if (isScript(fresh) || major(fresh) == 0) {
            Files.delete(fresh);
            throw new IOException(SETTING + program + " is not a redis-server (expected: the program itself)");
        }
        return Files.move(fresh, executables.resolve(COPY), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The process of a script would have the path of the shell. */
    private static boolean isScript(Path program) throws IOException {
        try (var bytes = Files.newInputStream(program)) {
            return new String(bytes.readNBytes(2), StandardCharsets.ISO_8859_1).equals("#!");
        }
    }

    /** The first number of its version; 0 if it prints none. */
    private static int major(Path program) throws IOException {
        Process asked = new ProcessBuilder(program.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(asked.getInputStream().readNBytes(1000), StandardCharsets.ISO_8859_1);
            Matcher version = VERSION.matcher(said);
            return asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && version.find()
                    ? Integer.parseInt(version.group(1))
                    : 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            asked.destroyForcibly();
        }
    }
}
