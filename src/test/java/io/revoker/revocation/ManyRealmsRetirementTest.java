package io.revoker.revocation;

import static io.revoker.testing.Grants.holder;
import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Target;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.store.MarkId;
import io.revoker.testing.Backend;
import io.revoker.testing.Grants;
import io.revoker.testing.Node;
import io.revoker.testing.RedisClient;
import io.revoker.testing.RedisServers;
import io.revoker.testing.Tuning;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** More realms than a mark is worth a sweep of. */
class ManyRealmsRetirementTest {
    private static final UserInRealm JOE = holder("corp", "joe");
    private static final Target USER = new Target.OfUser(JOE.user());

    private final String prefix = Backend.newPrefix();
    private final String url = RedisServers.embedded().url();

    /** The user has tokens in one of them. The index says so, however long its building takes: it is trusted for as long as a log is kept. */
    @Test
    void dropsTheMarkOfAUserHoweverManyRealmsThereAre() {
        try (RedisClient redis = RedisClient.of(url)) {
            String soon = String.valueOf(Instant.now().getEpochSecond() + 3600);
            for (int i = 0; i <= 10_000; i++) {
                redis.call("ZADD", prefix + ":realms", soon, "realm" + i);
            }
            try (Node patient = node(Duration.ofHours(24))) {
                get(patient.register(Grants.pair(JOE)));
                get(patient.revoke(new Target.OfUser(holder("corp", "eve").user())));
                until(
                        "index built",
                        Duration.ofMinutes(2),
                        () -> !redis.keys(prefix + ":{log}:indexed").isEmpty());
                get(patient.revoke(USER));
                assertThat(patient.marks().has(MarkId.of(USER))).isTrue();
            }
        }

        try (Node hasty = node(Duration.ofSeconds(1))) {
            until("dropped", () -> !hasty.marks().has(MarkId.of(USER)));
        }
    }

    private Node node(Duration logRetention) {
        return Node.onRedis(Tuning.DEFAULT.logRetention(logRetention), url, prefix, 1);
    }
}
