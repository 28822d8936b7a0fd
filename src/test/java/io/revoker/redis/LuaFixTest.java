package io.revoker.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.testing.LogCapture;
import io.revoker.testing.RedisServers;
import io.revoker.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuaFixTest {
    @ParameterizedTest
    @ValueSource(strings = {"6.2.11", "6.2.19", "7.0.15", "7.2.0", "7.2.10", "7.4.5", "8.0.3", "8.2.1"})
    void isMissingBeforeTheFirstFixedReleaseOfASeries(String version) {
        assertThat(LuaFix.isMissingIn(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"6.2.20", "6.2.21", "7.2.11", "7.4.6", "8.0.4", "8.2.2", "8.4.0", "10.0.0", "valkey 7.2.4", ""})
    void isThereFromThenOnAndUnknownOfOthers(String version) {
        assertThat(LuaFix.isMissingIn(version)).isFalse();
    }

    @Test
    void isAskedForOnceAtStart() {
        try (LogCapture warnings = LogCapture.open(Level.WARN);
                RunningService service =
                        RunningService.on(RedisServers.embedded().url())) {
            assertThat(warnings.lines().stream().filter(line -> line.contains("CVE-2025-49844")))
                    .singleElement()
                    .asString()
                    .contains("version=6.2.11", "expected=6.2.20, 7.2.11");
            assertThat(service.inFlight()).isZero();
        }
    }
}
