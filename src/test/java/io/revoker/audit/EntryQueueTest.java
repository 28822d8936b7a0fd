package io.revoker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EntryQueueTest {
    private final EntryQueue queue = new EntryQueue();
    private final QueuedEntry claimed = QueuedEntry.leftBehind("\"claimed\":1", "loop/1");
    private final QueuedEntry own = QueuedEntry.of("\"own\":1", "loop/1", QueuedEntry.NEVER);

    @Test
    void hasOneEntryOfAnActThatItsOwnEventLoopEnds() {
        queue.add(claimed);
        queue.add(own);

        assertThat(queue.take()).containsExactly(own);
        assertThat(claimed.written().future().succeeded()).isTrue();
    }

    /** Those that wait have the failure by then. */
    @Test
    void hasOneEntryOfAnActThatEndsAfterAnAttemptHasFailed() {
        queue.add(claimed);
        queue.fail(new IllegalStateException("away"));
        queue.add(own);

        assertThat(queue.take()).containsExactly(own);
    }

    @Test
    void hasOneEntryOfAnActThatIsClaimedWhileItsOwnWaits() {
        queue.add(own);
        queue.fail(new IllegalStateException("away"));
        queue.add(claimed);

        assertThat(queue.take()).containsExactly(own);
    }
}
