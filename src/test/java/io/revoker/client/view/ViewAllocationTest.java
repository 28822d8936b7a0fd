package io.revoker.client.view;

import static io.revoker.client.view.RevocationState.NOT_REVOKED;
import static io.revoker.client.view.RevocationState.REVOKED;
import static io.revoker.client.view.RevocationState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.revoker.testing.Waiting;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway looks a token up for each request. */
class ViewAllocationTest {
    private static final int LOOKUPS = 200_000;

    private final ScriptedFeed feed = new ScriptedFeed();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @AfterEach
    void stop() {
        feed.close();
    }

    @Test
    void allocatesNothingWhateverTheAnswerIs() {
        Instant now = Instant.now();
        feed.realms = String.format("%016x", Hashes.ofRealm("corp"));
        feed.snapshot = new ScriptedFeed.Snapshot(100, 50, new long[] {Hashes.registered(Hashes.identity("dead"))});
        try (Watched view = Watched.of(List.of(feed.uri()), how -> how).awaitFresh()) {
            feed.stamp = 104;
            mark(101, "mark", String.format("%016x", Hashes.ofUser("joe")), "");
            mark(102, "mark", "0123456789ab5e10", ""); // some client's
            mark(103, "mark", "0123456789ab0b40", ""); // issued before
            mark(104, "lock", "0123456789abcdef", ",\"until\":\"" + now.plusSeconds(3600) + '"');
            Waiting.until("known", () -> view.view().status().locks() == 1);
            TokenKeyBuilder live =
                    TokenKey.of("live").realm("corp").user("ann").client("app").issuedAt(now);
            Waiting.until("fresh", () -> view.state(live) == NOT_REVOKED);

            assertThat(allocated(view, live, NOT_REVOKED)).isLessThan(LOOKUPS);
            assertThat(allocated(view, TokenKey.of("dead"), REVOKED)).isLessThan(LOOKUPS);
            assertThat(allocated(view, TokenKey.of("bare"), UNKNOWN)).isLessThan(LOOKUPS);
            assertThat(allocated(
                            view, TokenKey.of("far").realm("lab").user("ann").issuedAt(now), UNKNOWN))
                    .isLessThan(LOOKUPS);
        }
    }

    private void mark(long stamp, String name, String hash, String more) {
        feed.send("id: " + stamp + "\nevent: " + name + "\ndata: {\"event\":\"" + name + "\",\"stamp\":\"" + stamp
                + "\",\"hash\":\"" + hash + '"' + more + "}\n\n");
    }

    /** Bytes, of all look-ups together. An object in each would take 16 times as many as there are look-ups. */
    private long allocated(Watched view, TokenKeyBuilder token, RevocationState expected) {
        TokenKey key = token.build();
        assertThat(view.view().state(key)).isEqualTo(expected);
        RevocationView looked = view.view();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < LOOKUPS; i++) {
            if (looked.state(key) != expected) {
                throw new AssertionError("another state (expected: " + expected + ")");
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
