package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.revoker.domain.Grant;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.domain.store.Registration;
import io.revoker.domain.store.Traits;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What was asked and answered, and when, on a clock that every beginning and every end moves on; and what must follow: no check finds a
 * token active that an acknowledged revocation covers, every check finds a token active that none can have reached, and every token was
 * invalidated at most once.
 */
public final class History {

    /** The time that a call took. */
    private record Span(long begin, long end) {
        boolean isBefore(Span other) {
            return end < other.begin;
        }
    }

    private record Registered(Grant grant, Traits traits, Span span, Registration.Outcome outcome) {
        Stream<TokenId> ids() {
            return Stream.of(TokenKind.values())
                    .flatMap(kind -> grant.get(kind).stream())
                    .map(Grant.Granted::id);
        }

        TokenKind kind(TokenId id) {
            return grant.access().filter(access -> access.id().equals(id)).isPresent()
                    ? TokenKind.ACCESS
                    : TokenKind.REFRESH;
        }
    }

    private record Revoked(Target target, Span span, Report report) {
        boolean covers(Registered registered) {
            return target instanceof Target.OneToken one
                    ? registered.ids().anyMatch(one.id()::equals)
                    : MemoryStore.covers(target, registered.traits());
        }

        boolean covers(Registered registered, TokenId id) {
            return target instanceof Target.OneToken one ? one.id().equals(id) : covers(registered);
        }
    }

    private record Checked(TokenId id, Span span, Verdict.Status status) {}

    private static final int NEWEST = 100;

    private final AtomicLong clock = new AtomicLong();
    private final Map<TokenId, Registered> registered = new ConcurrentHashMap<>();
    private final List<TokenId> newest = new CopyOnWriteArrayList<>();
    private final Queue<Revoked> revoked = new ConcurrentLinkedQueue<>();
    private final Queue<Checked> checked = new ConcurrentLinkedQueue<>();

    public Future<?> register(Node node, Grant grant) {
        long begin = clock.incrementAndGet();
        return node.register(grant).onSuccess(done -> {
            Span span = new Span(begin, clock.incrementAndGet());
            Registered entry = new Registered(grant, Traits.of(grant), span, done.outcome());
            entry.ids().forEach(id -> registered.put(id, entry));
            entry.ids().forEach(newest::add);
        });
    }

    public Future<?> revoke(Node node, Target target) {
        long begin = clock.incrementAndGet();
        return node.revoke(target)
                .onSuccess(
                        report -> revoked.add(new Revoked(target, new Span(begin, clock.incrementAndGet()), report)));
    }

    public Future<?> check(Node node, TokenId id) {
        long begin = clock.incrementAndGet();
        return node.check(id)
                .onSuccess(verdict ->
                        checked.add(new Checked(id, new Span(begin, clock.incrementAndGet()), verdict.status())));
    }

    /** The tokens whose registration was acknowledged. */
    public List<TokenId> tokens() {
        return List.copyOf(registered.keySet());
    }

    /** One of the newest of them, if there is any yet. */
    public Optional<TokenId> any(Random chance) {
        int size = newest.size();
        return size == 0
                ? Optional.empty()
                : Optional.of(newest.get(size - 1 - chance.nextInt(Math.min(size, NEWEST))));
    }

    /** A revocation of such a token. */
    public Optional<Target> anyTarget(Random chance) {
        return any(chance).map(id -> new Target.OneToken(registered.get(id).kind(id), id));
    }

    public int revocations() {
        return revoked.size();
    }

    public void verifyChecks(String seed) {
        for (Checked check : checked) {
            Registered token = registered.get(check.id());
            List<Revoked> covering = revoked.stream()
                    .filter(revocation -> revocation.covers(token, check.id()))
                    .toList();
            if (check.status() == Verdict.Status.ACTIVE) {
                assertThat(covering)
                        .as("%s: acknowledged before the check, for a token acknowledged before: %s", seed, check)
                        .noneMatch(revocation -> token.span().isBefore(revocation.span())
                                && revocation.span().isBefore(check.span()));
            } else {
                assertThat(covering)
                        .as("%s: a reason why %s is not active: %s", seed, token, check)
                        .anyMatch(revocation -> !revocation.span().isBefore(token.span())
                                && !check.span().isBefore(revocation.span()));
            }
        }
    }

    /** Each registration that failed to be live must have met a revocation on its way. */
    public void verifyRegistrations(String seed) {
        assertThat(registered.values())
                .allSatisfy(token -> assertThat(token.outcome() == Registration.Outcome.CREATED
                                || revoked.stream()
                                        .anyMatch(revocation -> revocation.covers(token)
                                                && !revocation.span().isBefore(token.span())
                                                && !token.span().isBefore(revocation.span())))
                        .as("%s: %s", seed, token)
                        .isTrue());
    }

    /**
     * Each token was invalidated once, or is active; and the answers told of each that was invalidated, some of them several times, because a revocation
     * that joins a sweep tells the counts of both.
     *
     * @param invalidated how many were counted when sweeps ended and single tokens were invalidated
     * @param active how many are active now
     */
    public void verifyCounts(String seed, long invalidated, long active) {
        long told = revoked.stream()
                .mapToLong(revocation -> revocation.report().tally().invalidated())
                .sum();
        assertThat(revoked)
                .as(seed)
                .allSatisfy(
                        revocation -> assertThat(revocation.report().errors()).isEmpty());
        assertThat(invalidated + active).as("%s: each token once", seed).isEqualTo(registered.size());
        assertThat(told).as("%s: told", seed).isGreaterThanOrEqualTo(invalidated);
        if (revoked.stream().allMatch(revocation -> revocation.report().joined().isEmpty())) {
            assertThat(told).as("%s: told once", seed).isEqualTo(invalidated);
        }
    }
}
