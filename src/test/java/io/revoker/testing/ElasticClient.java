package io.revoker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of Elasticsearch in a process of its own: two of them can't share a class path, and none of them shares ours.
 *
 * @param directory below {@code src/test/clients}: the driver, and the project that the build has resolved its class path from
 */
public record ElasticClient(String directory, String driver) {
    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path CLASS_PATHS = Path.of("target", "clients");

    /**
     * What the driver prints, a line for each call.
     *
     * @param url of the service
     * @param authorization the header's value, or empty
     * @param calls {@code access|T}, {@code refresh|T}, {@code user|U}, {@code realm|R}, {@code async|R} or {@code fields|T|T|R|U}
     */
    public List<String> run(String url, String authorization, String... calls) throws IOException {
        Path output = RedisServers.directory().resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(CLASS_PATHS.resolve(directory)),
                SOURCES.resolve(directory).resolve(driver).toString(),
                url,
                authorization));
        command.addAll(List.of(calls));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        try {
            Waiting.until(driver + " ends", () -> !process.isAlive());
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }
}
