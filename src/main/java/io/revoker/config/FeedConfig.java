package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.Requirements;
import java.time.Duration;

/**
 * Those who follow the revocations over HTTP.
 *
 * @param maxFollowers at a time
 * @param buffer for the newest events, from which followers are served that are a little behind
 * @param heartbeat between two heartbeats
 * @param patience with a follower that takes nothing
 * @param followerRetention after which one is forgotten that confirms nothing any more
 */
public record FeedConfig(
        int maxFollowers, DataSize buffer, Duration heartbeat, Duration patience, Duration followerRetention) {
    public FeedConfig {
        new Requirements()
                .within("max-followers", maxFollowers, 0, 1_000_000)
                .within("buffer", buffer, DataSize.ofMebibytes(1), DataSize.ofMebibytes(1024))
                .within("heartbeat", heartbeat, Duration.ofMillis(50), Duration.ofSeconds(1))
                .within("patience", patience, Duration.ofMillis(100), Duration.ofMinutes(10))
                .within("follower-retention", followerRetention, Duration.ofSeconds(10), Duration.ofDays(366))
                .check();
    }
}
