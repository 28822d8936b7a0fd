package io.revoker.wiring;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.revoker.cli.Finding;
import io.revoker.config.Configuration;
import io.revoker.config.RedisConfig;
import io.revoker.config.values.RedisUrl;
import io.revoker.config.values.Secret;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Stamp;
import io.revoker.embedded.NeighbourRedis;
import io.revoker.redis.BackendConnection;
import io.revoker.redis.RedisBackend;
import io.revoker.redis.ServerFacts;
import io.revoker.redis.link.RedisClock;
import io.revoker.redis.link.RedisMeters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Looks at what a service with these settings would work with: its client file and its Redis. */
record Examination(Configuration configuration) {
    private static final String REDIS = "redis";
    private static final String DURABILITY = "durability";
    private static final String VERSION = "version";
    private static final String LAYOUT = "layout";
    private static final Duration CLOCKS = Duration.ofSeconds(1);
    private static final String NO_EVICTION = "noeviction";

    /** Never fails. Blocks while it looks for an embedded Redis. */
    Future<List<Finding>> findings() {
        String url;
        try {
            url = url();
        } catch (IOException e) {
            return Future.succeededFuture(List.of(
                    clients(),
                    Finding.warning(
                            REDIS,
                            "the embedded one, which does not run (expected: examined while the service runs)")));
        }
        return redis(url).map(found -> {
            List<Finding> all = new ArrayList<>(List.of(clients()));
            all.addAll(found);
            return List.copyOf(all);
        });
    }

    private Finding clients() {
        return configuration
                .clients()
                .file()
                .map(file -> Finding.ok("clients", file + " can be used"))
                .orElseGet(() ->
                        Finding.warning("clients", "no clients.file: every caller on this host may do everything"));
    }

    private String url() throws IOException {
        RedisConfig redis = configuration.redis();
        return redis.server().isPresent()
                ? redis.server().get().value()
                : NeighbourRedis.in(redis.embedded().directory()).url();
    }

    private Future<List<Finding>> redis(String url) {
        Vertx vertx = Vertx.vertx();
        RedisClock clock =
                new RedisClock(InstantSource.system(), configuration.redis().heartbeat());
        RedisBackend backend = new BackendFactory(
                        vertx,
                        configuration,
                        RedisUrl.require(new Secret(url)),
                        new RedisMeters(
                                new SimpleMeterRegistry(),
                                configuration.redis().durability().replicas()),
                        clock,
                        () -> Stamp.NONE)
                .backend();
        Callable<Future<List<Finding>>> work = () -> backend.open().compose(ports -> look(ports.connection(), clock));
        return Future.<List<Finding>>future(done -> vertx.runOnContext(go -> Future.succeededFuture(work)
                        .compose(Examination::called)
                        .onComplete(done)))
                .otherwise(failure -> List.of(Finding.mend(REDIS, text(failure))))
                .eventually(vertx::close);
    }

    private static Future<List<Finding>> called(Callable<Future<List<Finding>>> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private Future<List<Finding>> look(BackendConnection connection, RedisClock clock) {
        return connection
                .write()
                .compose(written -> layout(connection))
                .map(layout -> of(layout, connection.facts(), clock.difference()))
                .eventually(connection::close);
    }

    /** What a start would say. */
    private Future<Finding> layout(BackendConnection connection) {
        return connection
                .examineLayout()
                .map(newest -> Finding.ok(
                        LAYOUT,
                        "as this version and redis.realm-shards, "
                                + configuration.redis().realmShards() + ", have it"
                                + (newest ? "" : "; an earlier one, which redis.layout can raise")))
                .otherwise(refused -> Finding.mend(LAYOUT, text(refused)));
    }

    private static String text(Throwable failure) {
        return StartProblems.of(failure)
                .map(lines -> String.join("; ", lines))
                .orElseGet(() -> "not reachable: " + failure.getClass().getSimpleName());
    }

    private List<Finding> of(Finding layout, ServerFacts facts, Duration difference) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(REDIS, "reachable, and takes writes"));
        findings.add(layout);
        String versions = String.join(", ", facts.versions());
        findings.add(facts.unfixed().isEmpty() ? Finding.ok(VERSION, versions) : unfixed(versions));
        findings.add(durability(facts.fsync()));
        findings.add(
                facts.evictions().stream().allMatch(NO_EVICTION::equals)
                        ? Finding.ok("eviction", NO_EVICTION)
                        : Finding.mend(
                                "eviction",
                                String.join(", ", facts.evictions()) + ": an evicted token is a lost token (expected: "
                                        + NO_EVICTION + ")"));
        findings.add(clocks(difference));
        return findings;
    }

    /** No other one can be embedded, and its password keeps others from sending scripts. */
    private Finding unfixed(String versions) {
        String lacks = " lacks the fix of CVE-2025-49844: a client that may send scripts may run programs on its host";
        return configuration.redis().server().isPresent()
                ? Finding.mend(VERSION, versions + lacks + " (expected: " + ServerFacts.FIXED + ")")
                : Finding.warning(
                        VERSION,
                        versions + ", embedded," + lacks
                                + "; it listens on this host only, to those who have its password (expected in production: a"
                                + " Redis of your own, " + ServerFacts.FIXED + ")");
    }

    private Finding durability(Fsync fsync) {
        String name = fsync.name().toLowerCase(Locale.ROOT);
        String demanded = configuration.redis().durability().fsync().name();
        boolean enough = demanded.equals("ANY") || fsync.compareTo(Fsync.valueOf(demanded)) >= 0;
        if (!enough) {
            return Finding.mend(
                    DURABILITY,
                    "appendfsync " + name + ", so no revocation is acknowledged (expected: at least "
                            + demanded.toLowerCase(Locale.ROOT) + ", as redis.durability.fsync says)");
        }
        return switch (fsync) {
            case UNKNOWN ->
                Finding.warning(DURABILITY, "not known: Redis refuses CONFIG GET (expected: appendfsync always)");
            case NONE, NO ->
                Finding.warning(
                        DURABILITY,
                        "appendfsync " + name + ": a crash may forget revocations (expected: appendonly yes, and"
                                + " appendfsync always or everysec)");
            case EVERYSEC -> Finding.ok(DURABILITY, "appendfsync everysec: a power failure may lose the last second");
            case ALWAYS -> Finding.ok(DURABILITY, "appendfsync always");
        };
    }

    private static Finding clocks(Duration difference) {
        String ahead = "this machine is " + difference.toMillis() + " ms ahead of Redis";
        return difference.abs().compareTo(CLOCKS) <= 0
                ? Finding.ok("clocks", ahead)
                : Finding.warning("clocks", ahead + " (expected: less than " + CLOCKS.toSeconds() + " s; use NTP)");
    }
}
