package io.revoker.config;

/** What is written to the service's own log. */
public record LoggingConfig(@Live Level level) {

    /** The least level that is written. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
