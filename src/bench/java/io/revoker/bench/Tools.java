package io.revoker.bench;

import java.util.Optional;

/**
 * The programs of the scale profile.
 *
 * @param nginx if there is one; else it is not measured
 */
record Tools(Program wrk, Program redisBenchmark, Optional<Program> nginx) {
    static Tools onPath() {
        return new Tools(required("wrk"), required("redis-benchmark"), Program.onPath("nginx"));
    }

    private static Program required(String name) {
        return Program.onPath(name)
                .orElseThrow(() -> new IllegalStateException(name + ": not on the PATH (expected: installed)"));
    }
}
