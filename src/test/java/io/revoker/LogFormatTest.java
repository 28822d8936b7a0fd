package io.revoker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.revoker.config.LoggingConfig.Format;
import io.revoker.testing.LogCapture;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    @Test
    void takesInWhatLogsByTheJdk() {
        LogFormat.set(Format.TEXT);
        try (LogCapture log = LogCapture.open(Level.INFO)) {
            java.util.logging.Logger.getLogger("of.the.jdk").warning("heard");

            assertThat(log.lines()).containsExactly("WARN of.the.jdk heard");
        }
    }
}
