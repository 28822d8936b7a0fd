package io.revoker.config;

/** What is written to the service's own log, and how. */
public record LoggingConfig(@Live Level level, Format format) {

    /** The least level that is written. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** What a line is. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One object, for programs. */
        JSON
    }
}
