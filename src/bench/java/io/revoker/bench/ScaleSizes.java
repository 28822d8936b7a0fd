package io.revoker.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How much the scale profile measures; each is a system property {@code revoker.bench.scale.<name>}.
 *
 * @param base what it shares with the short run
 * @param tokens of the realm that grows, ascending
 * @param rate requests a second of the open loop; far below what the servers can do
 * @param effects revocations whose time to effect is taken
 */
record ScaleSizes(Sizes base, List<Integer> tokens, int rate, int effects) {
    static final String PREFIX = "revoker.bench.scale.";

    static ScaleSizes fromSystemProperties() {
        return new ScaleSizes(
                Sizes.fromSystemProperties(),
                Arrays.stream(System.getProperty(PREFIX + "tokens", "").split(",", -1))
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                Integer.getInteger(PREFIX + "rate", 0),
                Integer.getInteger(PREFIX + "effects", 0));
    }

    int smallest() {
        return tokens.get(0);
    }

    int largest() {
        return tokens.get(tokens.size() - 1);
    }

    /** The one before the largest: of the realm that is swept while checks go on, and of the realm of one token a user. */
    int middle() {
        return tokens.get(Math.max(0, tokens.size() - 2));
    }
}
