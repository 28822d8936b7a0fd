package io.revoker.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client of Elasticsearch in a process of its own: two of them can't share a class path, and none of them shares ours.
 *
 * @param directory below {@code src/test/clients}: the driver, and the project that the build has resolved its class path from
 */
public record ElasticClient(String directory, String driver) {
    /**
     * What the driver prints, a line for each call.
     *
     * @param url of the service
     * @param authorization the header's value, or empty
     * @param calls {@code access|T}, {@code refresh|T}, {@code user|U}, {@code realm|R}, {@code async|R} or {@code fields|T|T|R|U}
     */
    public List<String> run(String url, String authorization, String... calls) throws IOException {
        Path output = RedisServers.directory().resolve("output");
        List<String> arguments =
                Stream.concat(Stream.of(url, authorization), Stream.of(calls)).toList();
        Process process = new ClientProgram(directory, driver)
                .with(arguments)
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
