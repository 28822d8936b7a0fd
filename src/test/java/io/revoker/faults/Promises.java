package io.revoker.faults;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the manual promises, held against a history.
 *
 * <p>A call takes effect at some moment between its beginning and its end. One whose answer was lost, or was an error, may do so until a while after its end
 * too: a command can lie in a buffer, and a sweep goes on. What two calls do that overlap has no order. So nothing is demanded there, and whatever is
 * found broken was broken.
 */
final class Promises {
    /** Longer than a fault that holds commands back, plus the time-outs of a call. */
    static final Duration LINGER = Duration.ofSeconds(3);

    private static final long LINGER_NANOS = LINGER.toNanos();
    /** Times are in whole seconds. */
    private static final long ROUNDING_NANOS = Duration.ofSeconds(1).toNanos();

    private final History history;
    private final Losses losses;
    private final Map<String, Life> lives;

    Promises(History history, Losses losses) {
        this.history = history;
        this.losses = losses;
        this.lives = Life.of(history, losses);
    }

    /** A line for each that was broken. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        history.checks().forEach(check -> found.addAll(faults(check)));
        history.revocations().forEach(revocation -> found.addAll(faults(revocation)));
        history.registrations().forEach(registration -> found.addAll(faults(registration)));
        found.addAll(counts().faults());
        return found;
    }

    boolean countsAreExact() {
        return counts().isExact();
    }

    private Counts counts() {
        return new Counts(history, lives.values(), losses);
    }

    private List<String> faults(Checked check) {
        Optional<Life> life = Optional.ofNullable(lives.get(check.token()));
        if (check.status() != Event.NONE && check.status() != 200 && check.status() != 401 && check.status() != 503) {
            return List.of("promise 4: a check was answered " + check.status() + ": " + check);
        }
        return switch (check.said()) {
            case ACTIVE ->
                life.map(known -> active(check, known))
                        .orElseGet(() -> List.of("promise 4: active, and never registered: " + check));
            case INACTIVE -> life.map(known -> inactive(check, known)).orElse(List.of());
            case NOTHING -> List.of();
        };
    }

    /** Promise 1: no revocation of it was acknowledged before. */
    private List<String> active(Checked check, Life life) {
        return history
                .revocationsOf(life.token())
                .filter(Revoked::isAcknowledged)
                .filter(revocation -> life.latestBirth() < revocation.span().begin()
                        && revocation.span().isBefore(check.span())
                        && !losses.mayBeUnheard(revocation, check)
                        && !losses.mayBeUnread(life, revocation, check))
                .findFirst()
                .map(revocation -> "promise 1: active after an acknowledged revocation: " + life + ", " + revocation
                        + ", " + check)
                .stream()
                .toList();
    }

    /** Promise 2: something has ended it, or it was never acknowledged. */
    private List<String> inactive(Checked check, Life life) {
        boolean mustBeActive = life.acknowledged()
                        .filter(birth -> birth < check.span().begin())
                        .isPresent()
                && !mayHaveEnded(life, check.span());
        return mustBeActive
                ? List.of("promise 2: not active, and neither revoked nor expired: " + life + ", " + check)
                : List.of();
    }

    private boolean mayHaveEnded(Life life, Event.Span by) {
        long expiry = life.earliestBirth() + life.token().life().toNanos() - ROUNDING_NANOS;
        return expiry < by.end()
                || history.revocationsOf(life.token())
                        .anyMatch(revocation -> revocation.span().begin() < by.end()
                                && latestEffect(revocation) > life.earliestBirth());
    }

    static long latestEffect(Revoked revocation) {
        return revocation.span().end() + (revocation.isKnown() ? 0 : LINGER_NANOS);
    }

    private List<String> faults(Revoked revocation) {
        List<String> found = new ArrayList<>();
        if (!List.of(200, 404, 503, Event.NONE).contains(revocation.status())) {
            found.add("a revocation was answered " + revocation.status() + ": " + revocation);
        }
        if (revocation.isAcknowledged() && revocation.errors() > 0) {
            found.add("promise 3: tokens that could not be counted: " + revocation);
        }
        if (revocation.status() == 404) {
            found.addAll(unknown(revocation));
        }
        return found;
    }

    /** Promise 3: a revocation that is repeated, or comes after another, still knows the token. */
    private List<String> unknown(Revoked revocation) {
        return lives.values().stream()
                .filter(life -> revocation.target().covers(life.token()))
                .filter(life -> life.acknowledged()
                        .filter(birth -> birth < revocation.span().begin())
                        .isPresent())
                .filter(life -> life.earliestBirth() + life.token().life().toNanos() - ROUNDING_NANOS
                        > revocation.span().end())
                .map(life -> "promise 3: not found, and registered: " + life + ", " + revocation)
                .toList();
    }

    /** A fresh grant is refused only if it met a revocation on its way. One that comes again may have other facts by now. */
    private List<String> faults(Registered registration) {
        if (registration.status() == 409) {
            return registration.tokens().stream()
                            .map(token -> lives.get(token.text()))
                            .allMatch(life ->
                                    life.earliestBirth() == registration.span().begin()
                                            && !mayHaveEnded(life, registration.span()))
                    ? List.of("promise 2: refused, and fresh: " + registration)
                    : List.of();
        }
        return Stream.of(200, 201, 503, Event.NONE).anyMatch(status -> status == registration.status())
                ? List.of()
                : List.of("a registration was answered " + registration.status() + ": " + registration);
    }
}
