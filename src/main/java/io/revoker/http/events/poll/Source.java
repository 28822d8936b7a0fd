package io.revoker.http.events.poll;

import io.revoker.net.HttpTarget;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A transmitter.
 *
 * @param target where a stream of it is polled
 * @param tokenFile of the bearer token for that; absent if it needs none
 * @param authorities PEM file of the certificates that are trusted; absent for those of the Java runtime
 */
public record Source(HttpTarget target, HttpTarget.Rule rule, Optional<Path> tokenFile, Optional<Path> authorities) {}
