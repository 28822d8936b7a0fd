package io.revoker.faults;

import io.revoker.domain.Problem;
import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RunningService;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The service as it runs, here or in a process of its own. */
interface Program {
    int port();

    int managementPort();

    void kill();

    /** Holds it still until it is thawed. */
    void freeze();

    void thaw();

    default boolean isReady() {
        try (RawConnection management = RawConnection.to(managementPort())) {
            return management
                            .exchange("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** How a program starts. Fails with a {@link Problem} if it gives up. */
    interface Starter {
        Program start(String redisUrl, String... options);
    }

    /** In this process: starts fast, and ends in an orderly way. */
    static Starter here() {
        return (url, options) -> {
            RunningService running = RunningService.on(url, options);
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

    /** The packaged jar, which dies by kill -9. */
    static Starter packaged(Path directory) {
        return (url, options) -> {
            String[] all = new String[options.length + 1];
            System.arraycopy(options, 0, all, 0, options.length);
            all[options.length] = "--redis.url=" + url;
            JarProcess process = JarProcess.start(directory, all);
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
