package io.revoker.client.view;

import io.revoker.client.RevokerClient;
import io.revoker.testing.Jvm;
import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A view in another process, which is asked about one token again and again. Times are those of
 * {@link System#nanoTime()}, which on Linux is one clock for all processes.
 */
final class FollowingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter input;
    private volatile RevocationState state = RevocationState.UNKNOWN;
    private volatile long lastAccepted;

    private FollowingProcess(Process process) {
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.US_ASCII);
    }

    static FollowingProcess of(URI service, Duration bound) {
        try {
            Process process = new ProcessBuilder(Jvm.command(
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FollowingProcess.class.getName(),
                            service.toString(),
                            bound.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            FollowingProcess started = new FollowingProcess(process);
            Thread reader = new Thread(started::read, "following process");
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it watch a token, once, and waits until it says that it was not revoked. */
    void watch(String token, String realm, Instant issuedAt) {
        try {
            input.write(String.join(" ", token, realm, issuedAt.toString()) + '\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(RevocationState.NOT_REVOKED);
    }

    void await(RevocationState expected) {
        Waiting.until(() -> expected + ": " + state, Waiting.PATIENCE, () -> state == expected);
    }

    /** When it was asked last of all times that it answered "not revoked". */
    long lastAccepted() {
        return lastAccepted;
    }

    void signal(String name) {
        Processes.signal(name, process.toHandle());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                lastAccepted = Long.parseLong(words[1]);
                state = RevocationState.valueOf(words[0]);
            }
        } catch (IOException ended) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.awaitEnd(process);
    }

    /** The other process: where the service is, and the bound. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (RevokerClient client =
                        RevokerClient.builder(URI.create(arguments[0])).build();
                RevocationView view = RevocationView.builder(client)
                        .bound(Duration.parse(arguments[1]))
                        .open()) {
            String[] command = commands.readLine().split(" ", -1);
            TokenKey key = TokenKey.of(command[0])
                    .realm(command[1])
                    .user("joe")
                    .issuedAt(Instant.parse(command[2]))
                    .build();
            follow(view, key);
        }
    }

    /** Says each new state, and when it was asked last of all times that it was "not revoked"; until it is killed. */
    private static void follow(RevocationView view, TokenKey key) {
        RevocationState[] before = {RevocationState.UNKNOWN};
        long[] lastAccepted = {0};
        Waiting.until("killed", Duration.ofHours(1), () -> {
            long asked = System.nanoTime();
            RevocationState state = view.state(key);
            if (state == RevocationState.NOT_REVOKED) {
                lastAccepted[0] = asked;
            }
            if (state != before[0]) {
                System.out.println(state + " " + lastAccepted[0]);
                before[0] = state;
            }
            return false;
        });
    }
}
