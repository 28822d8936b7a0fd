package io.revoker.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of Java in a process of its own, with a class path of its own: what it is made of does not go with what we
 * are made of.
 *
 * @param directory below {@code src/test/clients}: the driver, and the project that the build has resolved its class path from
 */
public record ClientProgram(String directory, String driver) {
    private static final Path SOURCES = Path.of("src", "test", "clients");

    /** A file for each directory, with its class path. */
    public static final Path CLASS_PATHS = Path.of("target", "clients").toAbsolutePath();

    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** A process that is not started yet. */
    public ProcessBuilder with(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(CLASS_PATHS.resolve(directory)),
                SOURCES.resolve(directory).resolve(driver).toString()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
