package io.revoker.revocation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.domain.Tally;

/** Counts the tokens that revocations found. */
final class TokenMeters {
    private final Counter invalidated;
    private final Counter previously;

    TokenMeters(MeterRegistry registry) {
        invalidated = counter(registry, "invalidated");
        previously = counter(registry, "previously_invalidated");
    }

    void found(Tally tally) {
        invalidated.increment((double) tally.invalidated());
        previously.increment((double) tally.previouslyInvalidated());
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("revoker.tokens")
                .description("Tokens that revocations found, by whether they were live until then.")
                .tag("outcome", outcome)
                .register(registry);
    }
}
