package io.revoker.wiring;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static io.revoker.testing.Waiting.untilCollected;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.Service;
import io.revoker.config.Configuration;
import io.revoker.testing.Configurations;
import io.revoker.testing.RedisServers;
import io.vertx.core.Vertx;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The collectors of the JVM outlive every service in it, and must not keep what belonged to one. */
class MetricsEndTest {
    private static final Configuration CONFIGURATION =
            Configurations.of(List.of("--http.port=0", "--management.port=0", "--runtime.instances=1"), Map.of());

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        get(vertx.close());
    }

    @Test
    void measuresPausesOfTheCollectors() {
        try (Metrics metrics = Metrics.create()) {
            until("a pause was measured", () -> {
                System.gc();
                return metrics.page().contains("\njvm_gc_pause_seconds_count{");
            });
            assertThat(metrics.page()).contains("\njvm_memory_usage_after_gc{", "\njvm_gc_overhead ");
        }
    }

    @Test
    void leaveNothingBehindInTheJvm() {
        WeakReference<Object> ended = ended();

        untilCollected(ended);
    }

    private static WeakReference<Object> ended() {
        Metrics metrics = Metrics.create();
        metrics.close();
        return new WeakReference<>(metrics.registry());
    }

    @Test
    void endWithTheService() {
        Metrics metrics = Metrics.create();
        Service service =
                get(Service.start(vertx, CONFIGURATION, RedisServers.embedded().url(), metrics));
        assertThat(metrics.registry().isClosed()).isFalse();

        get(service.stop());

        assertThat(metrics.registry().isClosed()).isTrue();
    }

    @Test
    void endWithAStartThatFails() {
        Metrics metrics = Metrics.create();

        assertThat(get(Service.start(vertx, CONFIGURATION, "nonsense", metrics)
                        .map("started")
                        .otherwise("failed")))
                .isEqualTo("failed");

        assertThat(metrics.registry().isClosed()).isTrue();
    }
}
