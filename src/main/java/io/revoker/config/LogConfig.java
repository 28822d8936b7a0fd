package io.revoker.config;

import java.time.Duration;

/**
 * The log of revocations.
 *
 * @param retention how long a revocation stays in it
 * @param maxMarks above which revocations of further realms and users are refused; 0 for as many as half of the heap holds
 */
public record LogConfig(Duration retention, int maxMarks) {
    /** With more of them Redis would not keep the hashes of the marks compact. */
    private static final int MOST = 12_000_000;

    private static final int BYTES_EACH = 24;

    /** A registration that takes longer than half of it could not tell that its mark was dropped. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    public LogConfig {
        new Requirements()
                .within("retention", retention, SHORTEST, Duration.ofDays(3650))
                .within("max-marks", maxMarks, 0, MOST)
                .check();
    }

    /**
     * Marks above which revocations of further realms and users are refused.
     *
     * @param heap the most memory of this process, in bytes
     */
    public long mostMarks(long heap) {
        return maxMarks > 0 ? maxMarks : Math.min(MOST, heap / 2 / BYTES_EACH);
    }
}
