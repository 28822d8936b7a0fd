package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RestartIT {
    private static final Logger LOG = LoggerFactory.getLogger(RestartIT.class);
    private static final long SEED = Long.getLong("revoker.restart.seed", new Random().nextLong());
    private static final int DEATHS = 9;

    /** After each death: a service that answers 503 to everything would keep every promise. */
    private static final int LEAST = 20;

    @TempDir
    private Path directory;

    @Test
    void remembersEverythingAfterItWasKilled() {
        try (JarProcess first = JarProcess.start(directory, JarProcess.PATIENT)) {
            Duration start = first.awaitReady();
            LOG.info("start-up of the packaged jar millis={}", start.toMillis());
            try (RawConnection connection = first.connect()) {
                assertThat(connection.exchange(Requests.register("gone")).status())
                        .isEqualTo(201);
                assertThat(connection.exchange(Requests.register("kept")).status())
                        .isEqualTo(201);
                assertThat(connection.exchange(Requests.invalidate("gone")).body())
                        .contains("\"invalidated_tokens\":1");
                holds(connection);
            }
            first.kill();
            try (JarProcess second = JarProcess.start(directory, JarProcess.PATIENT)) {
                LOG.info("start-up after a crash millis={}", second.awaitReady().toMillis());
                try (RawConnection connection = second.connect()) {
                    holds(connection);
                }
                assertThat(second.redis()).hasSize(1);
            }
        }
    }

    private static void holds(RawConnection connection) {
        assertThat(connection.exchange(Requests.introspect("gone")).body()).contains("\"active\":false");
        assertThat(connection.exchange(Requests.introspect("kept")).body()).contains("\"active\":true");
        assertThat(connection.exchange(Requests.check("gone")).status()).isEqualTo(401);
        assertThat(connection.exchange(Requests.check("kept")).status()).isEqualTo(200);
    }

    @Test
    void losesNothingAcknowledgedWhenItsProcessesDie() {
        Random random = new Random(SEED);
        List<JarProcess> services = new CopyOnWriteArrayList<>(List.of(JarProcess.start(directory)));
        Supplier<JarProcess> service = () -> services.get(services.size() - 1);
        try {
            service.get().awaitReady();
            Ledger ledger = new Ledger(new Random(random.nextLong()), service);
            for (int death = 0; death < DEATHS; death++) {
                AtomicBoolean working = new AtomicBoolean(true);
                CompletableFuture<Void> client = CompletableFuture.runAsync(() -> ledger.work(working::get));
                LockSupport.parkNanos(
                        Duration.ofMillis(200 + random.nextInt(500)).toNanos());
                kill(death % 3, services);
                service.get().until("ready again", () -> isReady(service.get()));
                int before = ledger.successes();
                service.get()
                        .until("it does what is asked", () -> ledger.successes() >= before + LEAST || client.isDone());
                working.set(false);
                client.join();
                ledger.verify();
            }
            LOG.info("after {} deaths: {}", DEATHS, ledger);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED + "\n" + service.get().output(), e);
        } finally {
            service.get().close();
        }
    }

    /** The service, its Redis, or both. */
    private void kill(int what, List<JarProcess> services) {
        JarProcess service = services.get(services.size() - 1);
        if (what != 0) {
            service.redis().forEach(ProcessHandle::destroyForcibly);
        }
        if (what != 1) {
            service.kill();
            JarProcess next = JarProcess.start(directory);
            next.awaitReady();
            services.add(next);
        }
    }

    private static boolean isReady(JarProcess service) {
        try (RawConnection management = RawConnection.to(service.managementPort())) {
            return management.exchange(Requests.get("/health/ready")).status() == 200;
        }
    }
}
