package io.revoker.client.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.LongStream;

/** The realms of which the service tells something to this client. */
public final class SeenRealms {
    /** The header that tells it. */
    static final String HEADER = "Revoker-Realms";

    private static final long[] NONE = {};

    /** No limit. */
    public static final SeenRealms ALL = new SeenRealms(Optional.empty());

    /** Hashes of realms, sorted. */
    private final Optional<long[]> only;

    private SeenRealms(Optional<long[]> only) {
        this.only = only;
    }

    /** Parses the header of an answer. */
    static SeenRealms parse(String header) throws IOException {
        if (header.equals("*")) {
            return ALL;
        }
        try {
            return only(Arrays.stream(header.split(",", -1))
                    .map(String::strip)
                    .filter(hash -> !hash.isEmpty())
                    .mapToLong(HexFormat::fromHexDigitsToLong));
        } catch (IllegalArgumentException e) {
            throw new IOException(HEADER + ": no hashes (expected: * or some of 16 digits)", e);
        }
    }

    private static SeenRealms only(LongStream hashes) {
        return new SeenRealms(Optional.of(hashes.sorted().distinct().toArray()));
    }

    /** Whether a realm is one of them. Allocates nothing. */
    public boolean has(long realm) {
        return only.isEmpty() || Arrays.binarySearch(only.get(), realm) >= 0;
    }

    /** Those that are in both. */
    public SeenRealms and(SeenRealms other) {
        return only.isEmpty() ? other : only(Arrays.stream(only.get()).filter(other::has));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeenRealms seen
                && only.isPresent() == seen.only.isPresent()
                && Arrays.equals(only.orElse(NONE), seen.only.orElse(NONE));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(only.orElse(NONE));
    }
}
