package io.revoker.jwt;

import io.revoker.caller.DocumentFields;
import io.revoker.caller.StrictDocument.Problems;
import io.revoker.config.values.ConfigText;
import io.revoker.config.values.ConfigText.Durations;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.VerifiedJwt.Demand;
import io.revoker.jwt.Realm.Rules;
import io.revoker.jwt.keys.Algorithm;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.KeyPlaces;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one entry of the realm file. Each method notes its problems, and then returns something that is not used. */
final class RealmEntry {
    private static final List<String> KEYS = List.of(
            "issuer",
            "jwks",
            "ca",
            "allow-http",
            "allow-private-addresses",
            "algorithms",
            "audience",
            "type",
            "clock-skew",
            "fast-clock",
            "max-lifetime",
            "username-claim",
            "client-claim",
            "session-claim",
            "registered",
            "logout-audience",
            "events-audience",
            "events-tenant",
            "revocation-audience");

    private static final Map<String, Demand> DEMANDS =
            Map.of("required", Demand.REGISTERED, "optional", Demand.EITHER, "none", Demand.UNREGISTERED);
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final DocumentFields fields;
    private final Problems problems;
    private final Duration retention;

    RealmEntry(DocumentFields fields, Problems problems, Duration retention) {
        this.fields = fields;
        this.problems = problems;
        this.retention = retention;
    }

    /** The realm; empty if the entry's problems do not allow one. */
    Optional<Realm> read(String name) {
        if (!fields.isObjectOf(KEYS)) {
            return Optional.empty();
        }
        Optional<RealmId> id = id(name);
        Optional<String> issuer = fields.text("issuer").filter(this::isIssuer);
        Optional<KeyPlace> keys = new KeyPlaces(fields, problems).read();
        Rules rules = rules();
        Realm.Accepted accepted = new Realm.Accepted(
                new HashSet<>(texts("logout-audience")),
                new HashSet<>(texts("events-audience")),
                new HashSet<>(texts("revocation-audience")),
                new HashSet<>(texts("events-tenant")));
        if (id.isEmpty() || issuer.isEmpty() || keys.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Realm(id.get(), issuer.get(), keys.get(), rules, accepted));
    }

    private Optional<RealmId> id(String name) {
        try {
            return Optional.of(new RealmId(name));
        } catch (Problem unfit) {
            note("name", unfit.text());
            return Optional.empty();
        }
    }

    /** It is compared as it is: blanks around it are a mistake. */
    private boolean isIssuer(String issuer) {
        boolean holds = !issuer.isEmpty() && issuer.strip().equals(issuer);
        if (!holds) {
            note("issuer", "\"" + ConfigText.quote(issuer) + "\" (expected: the claim iss, without blanks around it)");
        }
        return holds;
    }

    private Rules rules() {
        Duration skew = duration("clock-skew", Duration.ofSeconds(10), Duration.ZERO, JwtVerifier.GREATEST_CLOCK_SKEW);
        Duration longest = duration("max-lifetime", Duration.ofHours(1), Duration.ofSeconds(1), LONGEST);
        requireMarksToLast(longest, skew);
        return new Rules(
                algorithms(),
                new HashSet<>(texts("audience")),
                choice("type", TypeRule.ACCESS_TOKEN, TypeRule.NAMES, TypeRule::named),
                skew,
                fields.flagIfAny("fast-clock") ? wholeSeconds(skew) : Duration.ZERO,
                longest,
                claim("username-claim").orElse("sub"),
                claim("client-claim").map(List::of).orElse(List.of("client_id", "azp")),
                claim("session-claim").orElse("sid"),
                choice(
                        "registered",
                        Demand.EITHER,
                        List.of("required", "optional", "none"),
                        name -> Optional.ofNullable(DEMANDS.get(name))));
    }

    /** Up: an {@code iat} in whole seconds stays one, which is compared in another way. */
    private static Duration wholeSeconds(Duration time) {
        return Duration.ofSeconds(time.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** A mark is dropped once it is older than the log: the tokens that it covers must be expired by then. */
    private void requireMarksToLast(Duration longest, Duration skew) {
        if (longest.plus(skew.multipliedBy(2)).compareTo(retention) > 0) {
            note(
                    "max-lifetime",
                    ConfigText.quote(longest) + " (expected: with twice clock-skew, " + ConfigText.quote(skew)
                            + ", at most log.retention, " + ConfigText.quote(retention) + ")");
        }
    }

    private Duration duration(String key, Duration usual, Duration least, Duration most) {
        if (!fields.has(key)) {
            return usual;
        }
        Optional<Duration> given = fields.text(key).flatMap(text -> parsed(key, text));
        if (given.isPresent()
                && (given.get().compareTo(least) < 0 || given.get().compareTo(most) > 0)) {
            note(
                    key,
                    ConfigText.quote(given.get()) + " (expected: " + ConfigText.quote(least) + " to "
                            + ConfigText.quote(most) + ")");
            return usual;
        }
        return given.orElse(usual);
    }

    private Optional<Duration> parsed(String key, String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            note(key, Problems.shown(text) + " (expected: " + Durations.FORM + ")");
            return Optional.empty();
        }
    }

    private Set<Algorithm> algorithms() {
        Set<Algorithm> algorithms = new HashSet<>();
        for (String name : texts("algorithms")) {
            Algorithm.named(name)
                    .ifPresentOrElse(
                            algorithm -> algorithms.addAll(algorithm.allowed()),
                            () -> note(
                                    "algorithms",
                                    Problems.shown(name) + " (expected: some of " + Algorithm.NAMES + ")"));
        }
        return algorithms.isEmpty() ? Algorithm.USUAL : algorithms;
    }

    private <T> T choice(String key, T usual, List<String> names, Function<String, Optional<T>> named) {
        Optional<String> given = fields.textIfAny(key);
        Optional<T> chosen = given.flatMap(named);
        if (given.isPresent() && chosen.isEmpty()) {
            note(key, Problems.shown(given.get()) + " (expected: one of " + String.join(", ", names) + ")");
        }
        return chosen.orElse(usual);
    }

    private Optional<String> claim(String key) {
        Optional<String> given = fields.textIfAny(key);
        if (given.isPresent() && given.get().isEmpty()) {
            note(key, "\"\" (expected: the name of a claim)");
        }
        return given;
    }

    /** Only an absent key means any: an empty list is more likely a mistake. */
    private List<String> texts(String key) {
        return fields.has(key) ? fields.texts(key).orElse(List.of()) : List.of();
    }

    private void note(String key, String problem) {
        problems.add(fields.place(key), problem);
    }
}
