package io.revoker.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How tests start programs of Java: each does what it does a few times only, as the JVMs of the tests do. */
public final class Jvm {
    private Jvm() {}

    /**
     * The command that starts one.
     *
     * @param arguments of the JVM, and of the program
     */
    public static List<String> command(String... arguments) {
        Stream<String> ours = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC");
        return Stream.concat(ours, Stream.of(arguments)).toList();
    }
}
