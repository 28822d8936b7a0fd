package io.revoker.jwt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.revoker.domain.RealmId;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.jwt.keys.RealmKeys.Outcome;
import io.revoker.jwt.keys.RealmKeys.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Metrics of the verification of JWTs, and of the keys for it. */
final class JwtMeters {
    private static final String REALM = "realm";
    private static final String AHEAD = "revoker.jwt.iat.ahead";
    private static final String BEHIND = "revoker.jwt.iat.age";
    private static final String FETCHES = "revoker.jwt.key.fetches";
    private static final Set<String> OF_REALMS = Set.of(AHEAD, BEHIND, FETCHES);
    private static final double MILLIS = 1e3;
    /** In seconds: of clocks that differ, and of tokens that age. */
    private static final double[] STEPS = {1, 2, 5, 10, 30, 60, 300, 1800};

    /** The results of verifications that are counted. */
    enum Result {
        /** It holds. */
        VERIFIED,
        /** It claims to be of a realm, but does not hold. */
        REFUSED,
        /** Keys that are needed could not be fetched. */
        UNAVAILABLE,
        /** It was verified before. */
        REMEMBERED
    }

    private final MeterRegistry registry;
    private final InstantSource time;
    private final Map<Result, Counter> results = new EnumMap<>(Result.class);
    private final Map<RealmId, DistributionSummary> ahead = new ConcurrentHashMap<>();
    private final Map<RealmId, DistributionSummary> behind = new ConcurrentHashMap<>();
    private volatile Set<String> followed = Set.of();
    private final MultiGauge ages;
    private final MultiGauge fetched;

    JwtMeters(MeterRegistry registry, InstantSource time) {
        this.registry = registry;
        this.time = time;
        for (Result result : Result.values()) {
            results.put(result, counter(result));
        }
        this.ages = MultiGauge.builder("revoker.jwt.keys.age")
                .baseUnit("seconds")
                .description("Time since the keys of a realm were fetched; NaN if there are none.")
                .register(registry);
        this.fetched = MultiGauge.builder("revoker.jwt.keys.fetched")
                .description("1 if the last fetch of the keys of a realm succeeded, or there was none yet; else 0.")
                .register(registry);
    }

    private Counter counter(Result result) {
        return Counter.builder("revoker.jwt.checks")
                .description("JWTs of configured issuers that were looked at, by result.")
                .tag("result", lower(result))
                .register(registry);
    }

    void count(Result result) {
        Optional.ofNullable(results.get(result)).ifPresent(Counter::increment);
    }

    /** Measures by how much the clock of an issuer differs, when one of its tokens is first found to hold. */
    void measure(Finding finding, Realm realm) {
        if (finding instanceof Finding.Verified found && isFollowed(realm)) {
            issued(realm.id(), found.jwt().issuedAt().plus(realm.rules().lead()));
        }
    }

    /** Summaries know no negative numbers, so there are two. */
    private void issued(RealmId realm, Instant issuedAt) {
        double age = Duration.between(issuedAt, time.instant()).toMillis() / MILLIS;
        if (age < 0) {
            ahead.computeIfAbsent(
                            realm,
                            absent -> summary(
                                    AHEAD,
                                    "How far the iat of JWTs was ahead when they were seen for the first time.",
                                    realm))
                    .record(-age);
        } else {
            behind.computeIfAbsent(
                            realm,
                            absent -> summary(
                                    BEHIND,
                                    "How long ago the iat of JWTs was when they were seen for the first time.",
                                    realm))
                    .record(age);
        }
    }

    private DistributionSummary summary(String name, String description, RealmId realm) {
        return DistributionSummary.builder(name)
                .description(description)
                .baseUnit("seconds")
                .tag(REALM, realm.value())
                .serviceLevelObjectives(STEPS)
                .register(registry);
    }

    void fetched(Realm realm, Outcome outcome) {
        if (isFollowed(realm)) {
            Counter.builder(FETCHES)
                    .description("Fetches of the keys of a realm, by outcome.")
                    .tag(REALM, realm.id().value())
                    .tag("outcome", lower(outcome))
                    .register(registry)
                    .increment();
        }
    }

    /** What was under way when a realm went would bring its meters back. */
    private boolean isFollowed(Realm realm) {
        return followed.contains(realm.id().value());
    }

    /** From now on the meters are those of these realms. */
    void follow(Collection<TrustedRealm> realms) {
        ages.register(rows(realms, this::age), true);
        fetched.register(rows(realms, state -> state.last() == Outcome.FAILED ? 0 : 1), true);
        followed = realms.stream().map(realm -> realm.realm().id().value()).collect(Collectors.toUnmodifiableSet());
        ahead.keySet().removeIf(realm -> !followed.contains(realm.value()));
        behind.keySet().removeIf(realm -> !followed.contains(realm.value()));
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> OF_REALMS.contains(id.getName()))
                .filter(id -> Optional.ofNullable(id.getTag(REALM))
                        .filter(followed::contains)
                        .isEmpty())
                .forEach(registry::remove);
    }

    private static List<Row<?>> rows(Collection<TrustedRealm> realms, ToDoubleFunction<State> value) {
        return realms.stream()
                .<Row<?>>map(realm -> Row.of(
                        Tags.of(REALM, realm.realm().id().value()),
                        realm.keys(),
                        keys -> value.applyAsDouble(keys.state())))
                .toList();
    }

    private double age(State state) {
        return state.keys().isEmpty()
                ? Double.NaN
                : Duration.between(state.fetched(), time.instant()).toMillis() / MILLIS;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
