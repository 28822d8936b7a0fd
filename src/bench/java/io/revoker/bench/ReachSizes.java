package io.revoker.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How much of the propagation is measured; each is a system property {@code revoker.bench.reach.<name>}.
 *
 * @param followers numbers of them, one after the other
 * @param samples revocations of each kind
 */
record ReachSizes(List<Integer> followers, int samples) {
    static ReachSizes fromSystemProperties() {
        return new ReachSizes(
                Arrays.stream(System.getProperty("revoker.bench.reach.followers", "1,10,100,1000")
                                .split(",", -1))
                        .map(Integer::valueOf)
                        .toList(),
                Integer.getInteger("revoker.bench.reach.samples", 200));
    }
}
