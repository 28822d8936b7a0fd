package io.revoker.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.config.Configuration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationChangeTest {
    private final Configuration before = Loading.defaults();

    @Test
    void takesWhatMayChangeWhileTheServiceRuns() {
        Configuration after =
                Loading.options("--sweep.rate-limit=7", "--clients.cache-time=0s", "--logging.level=debug");

        ConfigurationChange changes = ConfigurationChange.between(before, after);

        assertThat(changes.configuration()).isEqualTo(after);
        assertThat(changes.taken())
                .containsExactly(
                        "clients.cache-time: 1m -> 0s", "sweep.rate-limit: 0 -> 7", "logging.level: INFO -> DEBUG");
        assertThat(changes.refused()).isEmpty();
    }

    @Test
    void namesWhatNeedsARestartAndTakesTheRest() {
        Configuration after = Loading.options(
                "--http.port=1", "--http.max-in-flight=7", "--redis.tls.ca=ca.pem", "--log.retention=7d");

        ConfigurationChange changes = ConfigurationChange.between(before, after);

        assertThat(changes.configuration()).isEqualTo(Loading.options("--http.max-in-flight=7"));
        assertThat(changes.taken()).containsExactly("http.max-in-flight: 10000 -> 7");
        assertThat(changes.refused())
                .containsExactly(
                        "http.port: 1 (needs a restart; until then 8080)",
                        "redis.tls.ca: ca.pem (needs a restart; until then \"\")",
                        "log.retention: 7d (needs a restart; until then 1d)");
    }

    @Test
    void showsNoSecret() {
        Configuration after = Loading.options("--redis.url=redis://:hunter2@redis");

        assertThat(ConfigurationChange.between(before, after).refused())
                .containsExactly("redis.url: *** (needs a restart; until then \"\")");
        assertThat(ConfigurationChange.between(after, before).refused())
                .containsExactly("redis.url: \"\" (needs a restart; until then ***)");
    }

    @Test
    void seesNoChangeInAnotherSpelling() {
        ConfigurationChange changes =
                ConfigurationChange.between(before, Loading.options("--http.request-timeout=30000ms"));

        assertThat(changes).isEqualTo(ConfigurationChange.between(before, before));
        assertThat(Stream.concat(changes.taken().stream(), changes.refused().stream()))
                .isEmpty();
    }
}
