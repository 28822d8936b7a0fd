package io.revoker.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.client.feed.HeartbeatKeys;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewSettingsTest {
    /** A service that is asked to be quicker is given up sooner; one that is not is waited for. */
    @ParameterizedTest
    @CsvSource({
        "1000, 0, 2000",
        "1000, 100, 600",
        "1000, 200, 800",
        "1000, 500, 2000",
        "1000, 1000, 2000",
        "3000, 100, 1800",
        "5000, 0, 3000",
        "5000, 100, 3000",
        "5000, 1000, 3000"
    })
    void givesAConnectionUpAfterSeveralHeartbeats(long bound, long between, long expected) {
        ViewSettings settings = new ViewSettings(
                Duration.ofMillis(bound),
                Duration.ofMinutes(10),
                100,
                WhenUnknown.ASK,
                Optional.empty(),
                Optional.empty(),
                HeartbeatKeys.NONE,
                new ViewListener() {});

        assertThat(settings.silence(Duration.ofMillis(between))).hasMillis(expected);
    }
}
