package io.revoker.near;

import static io.revoker.testing.Grants.holder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.bus.Check;
import io.revoker.domain.Grant;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.Signature;
import io.revoker.domain.Stamp;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.Verdict;
import io.revoker.domain.near.NearLease;
import io.revoker.domain.near.NearLeases.Renewal;
import io.revoker.domain.store.LogEvent;
import io.revoker.near.NearFollower.Word;
import io.revoker.testing.Grants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A store, an instance that revokes, and one that answers from memory, whose steps come in any order: what is sent to
 * the store is carried out later, and its answer arrives still later, or never. Time passes between any two of them.
 */
final class NearWorld {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration BOUND = Duration.ofSeconds(1);
    /** How many turns slow things take. */
    private static final int SLOW = 12;

    /** How long a lease is held that is not renewed. */
    private static final Duration KEPT = BOUND.multipliedBy(3);

    private static final Instant NOW = Grants.now();

    private static final int[] SHARES = {0, 5, 25, 50};

    private final Random random;
    /** In how many of a hundred cases a read of the log, or what carries a revocation out, takes much longer. */
    private final int slowReads;

    private final int slowSweeps;
    /** One of so many reads finds that entries are missing. */
    private final int reads;

    private long now = 1;

    // The store.
    private final TreeMap<Long, Target> log = new TreeMap<>();
    private final Map<TokenId, Token> tokens = new LinkedHashMap<>();
    private final Set<TokenId> dead = new HashSet<>();
    private final Map<String, Held> leases = new HashMap<>();
    private long clock = 1;

    private record Held(Stamp read, long heard) {}

    // What is on its way, each the next step of something.
    private final List<Runnable> underWay = new ArrayList<>();

    // The instance that answers from memory.
    private final CurrentMarks marks = new CurrentMarks();
    private final NearSettings settings = new NearSettings(1000, BOUND, Duration.ofSeconds(15));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NearCache cache =
            new NearCache(settings, marks, InstantSource.fixed(NOW), new NearMeters(registry), () -> now);
    private final NearFollower follower = new NearFollower(cache, settings, () -> now);
    private long position = 1;
    private boolean wanted;
    private boolean renewing;
    private boolean reading;

    // What is known for sure.
    private final Set<TokenId> acknowledged = new HashSet<>();
    private Optional<TokenId> wrong = Optional.empty();
    private int acknowledgements;
    /** What is being revoked. */
    private List<Token> hot = List.of();

    NearWorld(int seed) {
        random = new Random(seed);
        slowReads = SHARES[random.nextInt(SHARES.length)];
        slowSweeps = SHARES[random.nextInt(SHARES.length)];
        reads = 40 << random.nextInt(4);
        for (int i = 0; i < 4; i++) {
            register();
        }
        follower.begin(() -> wanted = true);
        follower.missed(new Stamp(position));
    }

    /** A token that was answered "active" after its revocation was acknowledged. */
    Optional<TokenId> wrong() {
        return wrong;
    }

    double answered() {
        return registry.get("revoker.near.answers").counter().count();
    }

    int acknowledged() {
        return acknowledgements;
    }

    void step() {
        now += pause();
        switch (random.nextInt(10)) {
            case 0, 1 -> check();
            case 2 -> feed();
            case 3 -> renew();
            case 4 -> revokeNowAndThen();
            default -> goOn();
        }
    }

    /** Mostly some milliseconds, now and then longer than any lease. */
    private long pause() {
        return switch (random.nextInt(500)) {
            case 0 -> MILLI * random.nextInt(4000);
            case 1, 2, 3 -> MILLI * random.nextInt(600);
            default -> MILLI * random.nextInt(10);
        };
    }

    private void goOn() {
        for (int some = random.nextInt(4); some > 0 && !underWay.isEmpty(); some--) {
            underWay.remove(random.nextInt(underWay.size())).run();
        }
    }

    /** Some things take much longer than others. */
    private void later(Runnable step) {
        if (random.nextInt(4) > 0) {
            underWay.add(step);
        } else {
            underWay.add(() -> later(step));
        }
    }

    /** @param slow in how many of a hundred cases it takes much longer */
    private void laterOrMuch(Runnable step, int slow) {
        if (random.nextInt(100) < slow) {
            muchLater(step);
        } else {
            later(step);
        }
    }

    private void muchLater(Runnable step) {
        if (random.nextInt(SLOW) == 0) {
            underWay.add(step);
        } else {
            underWay.add(() -> muchLater(step));
        }
    }

    // Checks.

    private void check() {
        Token token = any(random.nextInt(3) > 0 ? hot : List.of());
        Check check = new Check(token.id(), Signature.ABSENT, RealmScope.ALL, Check.Kinds.BOTH);
        if (cache.find(check).isPresent()) {
            wrong = Optional.of(token.id()).filter(acknowledged::contains);
            return;
        }
        long askedAt = cache.now();
        later(() -> {
            boolean isDead = dead.contains(token.id());
            later(() -> {
                if (!isDead && !marks.isDead(token)) {
                    cache.learn(check, Verdict.active(token), askedAt);
                }
            });
        });
    }

    /** One of these if there are some, else of all. */
    private Token any(List<Token> some) {
        List<Token> all = some.isEmpty() ? List.copyOf(tokens.values()) : some;
        return all.get(random.nextInt(all.size()));
    }

    // The feed.

    private void feed() {
        if (reading) {
            return;
        }
        reading = true;
        long askedAt = now;
        later(() -> {
            Map<Long, Target> page = new TreeMap<>(log.tailMap(position, false));
            Runnable arrival = () -> {
                reading = false;
                take(page, askedAt);
            };
            laterOrMuch(arrival, slowReads);
        });
    }

    private void take(Map<Long, Target> page, long askedAt) {
        int chance = random.nextInt(reads);
        if (chance == 0) {
            follower.fellBehind();
            return;
        }
        position = page.keySet().stream().reduce(position, Math::max);
        List<LogEvent> events = page.entrySet().stream()
                .<LogEvent>map(one -> new LogEvent.Revoked(new Revocation(new Stamp(one.getKey()), one.getValue())))
                .toList();
        events.forEach(event -> marks.learn(((LogEvent.Revoked) event).revocation()));
        if (chance == 1) {
            follower.missed(new Stamp(position));
        } else {
            follower.read(events, new Stamp(position));
        }
        follower.reachedTheEnd(new Stamp(position), askedAt);
    }

    // Leases.

    private void renew() {
        if (renewing || !wanted) {
            return;
        }
        wanted = false;
        follower.next().ifPresent(word -> {
            renewing = true;
            if (word.isFirst()) {
                List<String> ended = follower.takeEnded();
                later(() -> {
                    ended.forEach(leases::remove);
                    if (random.nextBoolean()) {
                        revoke();
                    }
                    tell(word);
                });
            } else {
                tell(word);
            }
        });
    }

    private void tell(Word word) {
        later(() -> {
            Renewal outcome = hold(word.lease());
            later(() -> {
                renewing = false;
                if (random.nextInt(50) > 0) {
                    follower.told(word, outcome);
                }
            });
        });
    }

    private Renewal hold(NearLease lease) {
        leases.values().removeIf(one -> one.heard() + KEPT.toNanos() < now);
        Held before = leases.get(lease.instance());
        boolean held = before != null && before.heard() + BOUND.toNanos() >= now;
        leases.put(
                lease.instance(),
                new Held(before == null ? lease.read() : before.read().newer(lease.read()), now));
        return held ? Renewal.RENEWED : Renewal.BEGUN;
    }

    // Revocations.

    private void register() {
        Grant pair = Grants.pair(holder("corp", "user" + random.nextInt()));
        for (TokenKind kind : TokenKind.values()) {
            TokenId id = pair.get(kind).orElseThrow().id();
            tokens.put(
                    id,
                    new Token(
                            id,
                            Signature.ABSENT,
                            kind,
                            pair.holder(),
                            pair.facts(),
                            NOW.plus(Grants.LIFE),
                            Token.State.LIVE,
                            new Stamp(clock),
                            pair.get(kind.other()).map(other -> other.id().firstBits())));
        }
    }

    private void revokeNowAndThen() {
        if (random.nextInt(8) == 0) {
            revoke();
        }
    }

    private void revoke() {
        List<Token> all = List.copyOf(tokens.values());
        Token token = all.get(random.nextInt(all.size()));
        List<Token> pair =
                all.stream().filter(one -> one.holder().equals(token.holder())).toList();
        if (random.nextInt(3) == 0) {
            begin(new Target.OfUser(token.holder().user()), pair);
        } else {
            begin(new Target.OneToken(token.kind(), token.id(), Target.Extent.GRANT), pair);
        }
        register();
    }

    /** Sends the entry of the log. */
    private void begin(Target target, List<Token> covered) {
        hot = covered;
        long begun = now;
        later(() -> {
            clock += 1 + random.nextInt(3);
            log.put(clock, target);
            Stamp stamp = new Stamp(clock);
            boolean someLeases = !leases.isEmpty();
            Runnable second = () -> carryOut(target, covered, stamp, someLeases, begun);
            laterOrMuch(second, slowSweeps);
        });
    }

    private void carryOut(Target target, List<Token> covered, Stamp stamp, boolean someLeases, long begun) {
        covered.forEach(token -> dead.add(token.id()));
        later(() -> {
            long took = target.raisesMark() ? 0 : now - begun;
            if (!someLeases && took <= TimeUnit.SECONDS.toNanos(1)) {
                acknowledge(covered);
            } else {
                await(covered, stamp, took);
            }
        });
    }

    private void await(List<Token> covered, Stamp stamp, long took) {
        later(() -> {
            if (!leases.isEmpty() && took > BOUND.toNanos()) {
                covered.forEach(token -> tokens.remove(token.id()));
                return;
            }
            boolean open = leases.values().stream()
                    .anyMatch(one -> stamp.isAfter(one.read()) && now <= one.heard() + BOUND.toNanos());
            if (open) {
                await(covered, stamp, took);
            } else {
                later(() -> acknowledge(covered));
            }
        });
    }

    private void acknowledge(List<Token> covered) {
        acknowledgements++;
        covered.forEach(token -> acknowledged.add(token.id()));
        while (tokens.size() > 8) {
            tokens.remove(tokens.keySet().iterator().next());
        }
    }
}
