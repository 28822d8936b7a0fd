package io.revoker.config;

import java.nio.file.Path;

/**
 * The Redis that the service runs itself if no URL is set.
 *
 * @param directory of its files
 * @param port 0 for a free one
 * @param maxMemory 0 for no limit
 */
public record EmbeddedConfig(Path directory, int port, Fsync fsync, DataSize maxMemory) {

    /** When the append-only file is forced to disk. */
    public enum Fsync {
        ALWAYS,
        EVERYSEC
    }

    public EmbeddedConfig {
        new Requirements().port("port", port).check();
    }
}
