package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an invalidation did, in numbers of tokens. */
public final class InvalidateTokenResponse {
    private final long invalidatedTokens;
    private final long previouslyInvalidatedTokens;
    private final List<ErrorCause> errors;

    public InvalidateTokenResponse(long invalidatedTokens, long previouslyInvalidatedTokens, List<ErrorCause> errors) {
        this.invalidatedTokens = invalidatedTokens;
        this.previouslyInvalidatedTokens = previouslyInvalidatedTokens;
        this.errors = List.copyOf(errors);
    }

    /** An unknown single token is answered with 404 and the counts, an unknown route with 404 and an error. */
    static InvalidateTokenResponse decode(NodeResponse response) throws IOException {
        if (response.status() != 404) {
            return of(response.success());
        }
        try {
            return of(response.fields());
        } catch (IOException e) {
            throw RevokerStatusException.of(response);
        }
    }

    /** How many tokens this request invalidated. */
    public long getInvalidatedTokens() {
        return invalidatedTokens;
    }

    /** How many of the tokens that it found were invalidated before. */
    public long getPreviouslyInvalidatedTokens() {
        return previouslyInvalidatedTokens;
    }

    /** What could not be invalidated; unmodifiable, empty if all went well. */
    public List<ErrorCause> getErrors() {
        return errors;
    }

    public int getErrorsCount() {
        return errors.size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InvalidateTokenResponse that
                && invalidatedTokens == that.invalidatedTokens
                && previouslyInvalidatedTokens == that.previouslyInvalidatedTokens
                && errors.equals(that.errors);
    }

    @Override
    public int hashCode() {
        return Objects.hash(invalidatedTokens, previouslyInvalidatedTokens, errors);
    }

    @Override
    public String toString() {
        return "InvalidateTokenResponse{invalidatedTokens=" + invalidatedTokens + ", previouslyInvalidatedTokens="
                + previouslyInvalidatedTokens + ", errors=" + errors + "}";
    }

    private static InvalidateTokenResponse of(JsonFields body) throws IOException {
        long invalidated = body.requiredCount("invalidated_tokens");
        long previously = body.requiredCount("previously_invalidated_tokens");
        body.requiredCount("error_count");
        List<ErrorCause> errors =
                body.objects("error_details").stream().map(ErrorCause::of).toList();
        return new InvalidateTokenResponse(invalidated, previously, errors);
    }
}
