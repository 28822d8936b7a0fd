package io.revoker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded server of another instance on this machine. It lives as long as that instance does. Blocks; for start
 * only.
 */
public record NeighbourRedis(int port, ServerLogin login) {
    private static final String PORT = "port ";

    /**
     * Finds it by the files in its directory.
     *
     * @throws IOException if no instance runs one there
     */
    public static NeighbourRedis in(Path directory) throws IOException {
        try {
            int port = Files.readAllLines(directory.resolve(RedisDaemon.CONFIGURATION)).stream()
                    .filter(line -> line.startsWith(PORT))
                    .mapToInt(line -> Integer.parseInt(line.substring(PORT.length())))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no port"));
            NeighbourRedis found = new NeighbourRedis(port, ServerLogin.of(directory));
            if (!new RedisDaemon(directory, found.login, Optional.empty()).serves(port)) {
                throw new IOException("port " + port + " does not know its password");
            }
            return found;
        } catch (IOException e) {
            throw new IOException(
                    "redis.embedded.join: no Redis runs in " + directory.toAbsolutePath()
                            + " (expected: the directory of an instance that runs, and the same user)",
                    e);
        }
    }

    /** Contains the password: do not log it. */
    public String url() {
        return login.url(port);
    }
}
