package io.revoker.bench;

import java.util.function.IntFunction;

/**
 * Numbered lines for an NDJSON stream.
 *
 * @param success what the result of each begins with
 */
record Lines(String path, IntFunction<String> line, String success) {
    static Lines registrations(TokenSet tokens) {
        return new Lines("/v1/tokens", tokens::registration, "{\"status\":201,");
    }

    /** Of access tokens that are active. */
    static Lines revocations(TokenSet tokens) {
        return new Lines("/v1/revocations", tokens::invalidation, "{\"status\":200,\"invalidated_tokens\":1,");
    }
}
