package io.revoker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The Redis that the service runs itself if no URL is set.
 *
 * @param directory of its files
 * @param port 0 for a free one
 * @param maxMemory 0 for no limit
 * @param join whether to use the Redis that another instance on this machine runs in the same directory
 * @param binary the path of a redis-server, or a name on the search path; empty for the built-in one
 */
public record EmbeddedConfig(
        Path directory, int port, FsyncPolicy fsync, DataSize maxMemory, Optional<Path> binary, boolean join) {

    /** When the append-only file is forced to disk. */
    public enum FsyncPolicy {
        ALWAYS,
        EVERYSEC
    }

    public EmbeddedConfig {
        new Requirements().port("port", port).check();
    }
}
