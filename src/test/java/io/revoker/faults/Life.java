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
 * @param latestBirth when it was there at the latest, if ever
 * @param acknowledged when its registration was first acknowledged
 */
record Life(Issued token, long earliestBirth, long latestBirth, Optional<Long> acknowledged) {

    static Map<String, Life> of(History history) {
        return history.registrations()
                .flatMap(registration -> registration.tokens().stream())
                .distinct()
                .collect(Collectors.toMap(
                        Issued::text, token -> of(token, history.registrationsOf(token)), (one, same) -> one));
    }

    private static Life of(Issued token, List<Registered> attempts) {
        long first = attempts.stream()
                .mapToLong(attempt -> attempt.span().begin())
                .min()
                .orElseThrow();
        long last = attempts.stream()
                .mapToLong(attempt -> attempt.span().end())
                .max()
                .orElseThrow();
        OptionalLong acknowledged = attempts.stream()
                .filter(Registered::isAcknowledged)
                .mapToLong(attempt -> attempt.span().end())
                .min();
        return new Life(
                token,
                first,
                acknowledged.orElse(last + Promises.LINGER.toNanos()),
                acknowledged.stream().boxed().findFirst());
    }
}
