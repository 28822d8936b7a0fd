package io.revoker.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;

/**
 * What the headers of the tokens of a realm say, by their text: it names the algorithm and the key, so that tokens of
 * one key have the same. Those that the realm does not admit are not kept.
 */
final class KnownHeaders {
    private static final int MOST = 64;
    private static final int LONGEST = 512;

    private final Cache<String, Header> cache =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** @param read fails with a {@link io.revoker.domain.Problem} if it is not admitted */
    Header of(String text, Supplier<Header> read) {
        return text.length() > LONGEST ? read.get() : cache.get(text, unknown -> read.get());
    }
}
