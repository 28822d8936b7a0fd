package io.revoker.wiring.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.revoker.config.Configuration.LoggingConfig;
import org.slf4j.LoggerFactory;

/** Sets the log level of our own packages. */
public final class LogLevel {
    private LogLevel() {}

    public static void set(LoggingConfig.Level level) {
        set(level.name());
    }

    public static void set(String level) {
        if (LoggerFactory.getLogger("io.revoker") instanceof Logger logger) {
            logger.setLevel(Level.toLevel(level));
        }
    }
}
