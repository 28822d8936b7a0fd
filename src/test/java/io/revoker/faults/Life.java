package io.revoker.faults;

import io.revoker.faults.Event.Registered;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What is known of a token's beginning.
 *
 * @param earliestBirth when it was first asked for
 * @param latestBirth when it was there at the latest, if ever; if Redis may have forgotten it, for the last time
 * @param acknowledged when its registration was first acknowledged, of those that are not forgotten
 * @param births how often it may have been born
 */
record Life(Issued token, long earliestBirth, long latestBirth, Optional<Long> acknowledged, int births) {

    static Map<String, Life> of(History history, Losses losses) {
        return history.registrations()
                .flatMap(registration -> registration.tokens().stream())
                .distinct()
                .collect(Collectors.toMap(
                        Issued::text, token -> of(token, history.registrationsOf(token), losses), (one, same) -> one));
    }

    private static Life of(Issued token, List<Registered> attempts, Losses losses) {
        long first = attempts.stream()
                .mapToLong(attempt -> attempt.span().begin())
                .min()
                .orElseThrow();
        long last = attempts.stream()
                        .mapToLong(attempt -> attempt.span().end())
                        .max()
                        .orElseThrow()
                + Promises.LINGER.toNanos();
        boolean again = losses.mayBeBornAgain(attempts);
        return new Life(
                token,
                first,
                again ? last : firstAcknowledged(attempts).orElse(last),
                firstAcknowledged(attempts.stream()
                                .filter(attempt -> !losses.isForgotten(attempt))
                                .toList())
                        .stream()
                        .boxed()
                        .findFirst(),
                again ? attempts.size() : 1);
    }

    private static OptionalLong firstAcknowledged(List<Registered> attempts) {
        return attempts.stream()
                .filter(Registered::isAcknowledged)
                .mapToLong(attempt -> attempt.span().end())
                .min();
    }
}
