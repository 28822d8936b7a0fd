package io.revoker.config.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.revoker.config.values.ConfigText.Durations;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "512, 512", "64KiB, 65536", "1MiB, 1048576", "2GiB, 2147483648", "2147483649, 2147483649"})
    void readsAndWritesSizes(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5MiB", "64kb", "64 KiB", "64kib", "KiB", "8589934592GiB", "1234567890123456789"})
    void refusesOtherSizes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text));
    }

    @Test
    void aSizeIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DataSize(-1))
                .withMessage("bytes: -1 (expected: >= 0)");
    }

    @Test
    void aSizeFitsAnIntOrSaysSo() {
        assertThat(DataSize.ofMebibytes(64).toInt()).isEqualTo(67_108_864);
        assertThatThrownBy(() -> DataSize.ofMebibytes(2048).toInt()).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @CsvSource({"0s, PT0S", "500ms, PT0.5S", "2s, PT2S", "5m, PT5M", "23h, PT23H", "30d, PT720H"})
    void readsAndWritesDurations(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
        assertThat(Durations.text(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1.5s", "5 s", "5S", "s", "PT5S", "1m30s", "1234567890123s"})
    void refusesOtherDurations(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }

    @Test
    void theLongestDurationOverflowsNothing() {
        assertThat(Durations.parse("999999999999d")).isEqualTo(Duration.ofDays(999_999_999_999L));
    }
}
