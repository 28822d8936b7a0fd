package io.revoker.config;

/**
 * The bounds of a sweep.
 *
 * @param pageSize holders of one page
 * @param inFlight pages at once
 * @param pieceSize tokens of one script call, which is how long it may hold Redis
 */
public record SweepConfig(int pageSize, int inFlight, int pieceSize) {
    public SweepConfig {
        new Requirements()
                .within("page-size", pageSize, 1, 10_000)
                .within("in-flight", inFlight, 1, 64)
                .within("piece-size", pieceSize, 10, 2_000)
                .check();
    }
}
