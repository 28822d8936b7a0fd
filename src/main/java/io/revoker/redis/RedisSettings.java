package io.revoker.redis;

import io.vertx.redis.client.RedisOptions;
import java.time.Duration;

/**
 * How to reach Redis and how long to wait for it.
 *
 * @param maxInFlight commands that may be unanswered on one connection; more fail at once
 */
public record RedisSettings(
        RedisOptions options, Duration connectTimeout, Duration callTimeout, Duration heartbeat, int maxInFlight) {}
