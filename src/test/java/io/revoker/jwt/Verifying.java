package io.revoker.jwt;

import static io.revoker.testing.Waiting.get;
import static io.revoker.testing.Waiting.until;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.config.RealmsConfig;
import io.revoker.domain.RealmScope;
import io.revoker.domain.jwt.JwtVerifier.Finding;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.VerifiedJwt;
import io.revoker.jwt.keys.Providers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A verifier as the service has it, whose clock and realm file a test can change. */
final class Verifying implements InstantSource, AutoCloseable {
    private static final Duration DAY = Duration.ofDays(1);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final RealmVerifier verifier;
    private volatile Duration ahead = Duration.ZERO;

    private Verifying(Path directory, RealmsConfig settings) {
        this.directory = directory;
        Providers.fastest().prepare();
        this.verifier = new RealmVerifier(vertx, settings, this, meters);
    }

    /** One that fetches the keys of unknown ids once an hour, but for the first time. */
    static Verifying in(Path directory) {
        return in(directory, Duration.ofHours(1));
    }

    static Verifying in(Path directory, Duration unknownKeyInterval) {
        return in(directory, unknownKeyInterval, 1000);
    }

    static Verifying in(Path directory, Duration unknownKeyInterval, int cachedVerdicts) {
        return new Verifying(
                directory,
                new RealmsConfig(
                        Optional.empty(),
                        Optional.of(directory.resolve("kept")),
                        Duration.ofHours(1),
                        unknownKeyInterval,
                        Duration.ofSeconds(2),
                        cachedVerdicts));
    }

    /** Gives it a realm file. */
    Verifying replace(String realms) {
        try {
            verifier.replace(new Realms(RealmFile.read(
                    Files.writeString(directory.resolve("realms.yaml"), realms), DAY, (realm, problems) -> {})));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, and waits until it has fetched keys for the first time. */
    Verifying with(String realms) {
        replace(realms);
        until("keys", () -> meters.find("revoker.jwt.key.fetches").counter() != null);
        return this;
    }

    /** Fetches all keys again, and waits until that is done. */
    void refresh() {
        double before = fetches("fetched") + fetches("failed");
        verifier.refresh();
        until("fetched again", () -> fetches("fetched") + fetches("failed") > before);
    }

    RealmVerifier verifier() {
        return verifier;
    }

    Finding verify(String token) {
        return get(ask(token));
    }

    /** For a check by a caller of all realms. */
    Future<Finding> ask(String token) {
        return verifier.verify(token, RealmScope.ALL, Purpose.CHECK);
    }

    Finding verifyForRevocation(String token) {
        return get(verifier.verify(token, RealmScope.ALL, Purpose.REVOCATION));
    }

    VerifiedJwt verified(String token) {
        return ((Finding.Verified) verify(token)).jwt();
    }

    double counted(String result) {
        return meters.get("revoker.jwt.checks").tag("result", result).counter().count();
    }

    /** Of the realm corp. */
    DistributionSummary summary(String name) {
        return meters.get(name).tag("realm", "corp").summary();
    }

    double fetches(String outcome) {
        return meters.find("revoker.jwt.key.fetches").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** From now on its clock is ahead of the machine's. */
    void ahead(Duration time) {
        ahead = time;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public void close() {
        get(verifier.close());
        get(vertx.close());
    }
}
