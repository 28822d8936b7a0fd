package io.revoker.faults;

import io.revoker.domain.Problem;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The service as it runs, here or in a process of its own. */
interface Program {
    int port();

    int managementPort();

    void kill();

    /** Holds it still until it is thawed. */
    void freeze();

    void thaw();

    default boolean isReady() {
        return readiness().filter(answer -> answer.status() == 200).isPresent();
    }

    /** What it says of itself, if it says anything. */
    default Optional<RawConnection.Answer> readiness() {
        try (RawConnection management = RawConnection.to(managementPort())) {
            return Optional.of(management.exchange("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        } catch (UncheckedIOException notYet) {
            return Optional.empty();
        }
    }

    /** How a program starts. Fails with a {@link Problem} if it gives up. */
    interface Starter {
        Program start(String redisUrl, String... options);
    }

    /** In this process: starts fast, and ends in an orderly way. */
    static Starter here() {
        return (url, options) -> {
            RunningService running = RunningService.on(url, patience("1200ms", options));
            return new Program() {
                @Override
                public int port() {
                    return running.port();
                }

                @Override
                public int managementPort() {
                    return running.service().managementPort();
                }

                @Override
                public void kill() {
                    running.close();
                }

                @Override
                public void freeze() {
                    throw new IllegalStateException("not a process of its own");
                }

                @Override
                public void thaw() {
                    throw new IllegalStateException("not a process of its own");
                }
            };
        };
    }

    /** How long Redis may keep it waiting. */
    private static String[] patience(String time, String... options) {
        return and("--redis.connect-timeout=" + time, and("--redis.call-timeout=" + time, options));
    }

    private static String[] and(String one, String... options) {
        return Stream.concat(Stream.of(one), Stream.of(options)).toArray(String[]::new);
    }

    /** The packaged jar, which dies by kill -9. */
    static Starter packaged(Path directory) {
        return (url, options) -> {
            // A process that has just begun is slow, and the machine busy.
            String[] patient = patience("5s", options);
            JarProcess process = JarProcess.start(directory, and("--redis.url=" + url, patient));
            if (!process.awaitReadyOrEnd()) {
                throw Problem.unavailable("ended: " + process.output());
            }
            return new Program() {
                @Override
                public int port() {
                    return process.port();
                }

                @Override
                public int managementPort() {
                    return process.managementPort();
                }

                @Override
                public void kill() {
                    process.close();
                }

                @Override
                public void freeze() {
                    process.signal("STOP");
                }

                @Override
                public void thaw() {
                    process.signal("CONT");
                }
            };
        };
    }
}
