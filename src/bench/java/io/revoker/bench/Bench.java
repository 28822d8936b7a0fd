package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench verify}: measures everything, prints the table and writes it as JSON; with {@code -Drevoker.bench.scale=true} how everything grows, with
 * {@code -Drevoker.bench.crowd=true} revocations beside crowds and nothing else, with {@code -Drevoker.bench.jwt=true} checks of JWTs and over gRPC and
 * nothing else, with {@code -Drevoker.bench.view=true} look-ups in the view of the Java client and nothing else, with
 * {@code -Drevoker.bench.near=true} checks that are answered from memory and nothing else, with
 * {@code -Drevoker.bench.audit=true} what the audit trail costs and nothing else, with
 * {@code -Drevoker.bench.reach=true} how long it takes until all followers know of a revocation and nothing else, with
 * {@code -Drevoker.bench.receipts=true} how long receipts take and nothing else, with
 * {@code -Drevoker.bench.writes=true} registrations and revocations, one by one and in streams, sweeps of realms, and nothing else, with
 * {@code -Drevoker.bench.latency=true} checks at a fixed rate beside the sweep of a realm and nothing else.
 */
public final class Bench {
    private static final boolean CROWD = Boolean.getBoolean("revoker.bench.crowd");
    private static final boolean NEAR = Boolean.getBoolean("revoker.bench.near");
    private static final boolean JWT = Boolean.getBoolean("revoker.bench.jwt");
    private static final boolean WRITES = Boolean.getBoolean("revoker.bench.writes");
    private static final boolean LATENCY = Boolean.getBoolean("revoker.bench.latency");
    private static final String OTHER = System.getProperty("revoker.bench.other-jar", "");
    private static final boolean VIEW = Boolean.getBoolean("revoker.bench.view");
    private static final boolean AUDIT = Boolean.getBoolean("revoker.bench.audit");
    private static final boolean REACH = Boolean.getBoolean("revoker.bench.reach");
    private static final boolean RECEIPTS = Boolean.getBoolean("revoker.bench.receipts");

    private Bench() {}

    /**
     * Takes a few minutes.
     *
     * @param arguments the packaged service, and the directory for everything that is written
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Files.createDirectories(Path.of(arguments[1]).toAbsolutePath());
        Path run = Files.createTempDirectory(work, "run-");
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        Machine machine =
                new Machine(vertx, Path.of(arguments[0]), System.getProperty("revoker.bench.redis-server", ""), run);
        Report report = new Report();
        boolean scale = Boolean.getBoolean("revoker.bench.scale");
        try {
            describe(report, machine);
            if (scale) {
                new ScaleRows(machine, ScaleSizes.fromSystemProperties(), report).measure();
            } else {
                measure(machine, Sizes.fromSystemProperties(), report);
            }
        } finally {
            report.condition("load average after", load());
            Await.result(vertx.close());
            report.print();
            report.write(work.resolve(
                    scale ? "scale.json" : REACH ? "reach.json" : RECEIPTS ? "receipts.json" : "result.json"));
        }
        if (scale) {
            new Chart(report.growths()).write(work.resolve("scale.svg"));
        }
        delete(run);
    }

    private static void measure(Machine machine, Sizes sizes, Report report) throws IOException, InterruptedException {
        if (VIEW) {
            new ViewRows(sizes, report).measure();
            return;
        }
        if (REACH) {
            new ReachRows(machine, ReachSizes.fromSystemProperties(), report).measure();
            return;
        }
        if (RECEIPTS) {
            try (RedisServer redis = machine.redis(Persistence.ALWAYS)) {
                new ReachReceipts(machine, redis, ReachSizes.fromSystemProperties(), report).measure();
            }
            return;
        }
        if (WRITES) {
            for (Persistence persistence : Persistence.values()) {
                new RateRows(machine, persistence, sizes, other(), report).measure();
            }
            return;
        }
        if (LATENCY) {
            LatencyRows.measure(machine, ScaleSizes.fromSystemProperties(), report);
            return;
        }
        if (NEAR) {
            try (RedisServer redis = machine.redis(Persistence.NONE)) {
                new NearRows(machine, redis, sizes, report).measure();
            }
            return;
        }
        if (AUDIT) {
            for (Persistence persistence : Persistence.values()) {
                try (RedisServer redis = machine.redis(persistence)) {
                    new AuditRows(machine, redis, persistence, sizes, report).measure();
                }
            }
            return;
        }
        if (JWT) {
            try (RedisServer redis = machine.redis(Persistence.NONE)) {
                new JwtRows(machine, redis, sizes, report).measure();
            }
            return;
        }
        if (!CROWD) {
            new StartRows(machine, sizes, report).measure();
            new ViewRows(sizes, report).measure();
        }
        for (Persistence persistence : Persistence.values()) {
            try (RedisServer redis = machine.redis(persistence);
                    JavaProcess service = machine.service(redis)) {
                if (persistence == Persistence.ALWAYS && !CROWD) {
                    new CheckRows(machine, redis, sizes, report).measure(service);
                    new JwtRows(machine, redis, sizes, report).measure();
                }
                WriteRows.Setting setting = new WriteRows.Setting(machine, redis, service, persistence);
                new CrowdRows(setting, report).measure();
                if (!CROWD) {
                    new WriteRows(setting, sizes, report).measure();
                }
            }
        }
    }

    /** Another build, to be measured by turns. */
    private static Optional<Path> other() {
        return Optional.of(OTHER).filter(path -> !path.isEmpty()).map(Path::of);
    }

    private static void describe(Report report, Machine machine) {
        report.condition("time", Instant.now().toString());
        report.condition(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch") + ", Java " + Runtime.version());
        report.condition("load average before", load());
        report.condition("Redis", machine.redisServer().isEmpty() ? "embedded" : machine.redisServer());
    }

    private static String load() {
        return String.valueOf(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** What Redis wrote is large; after a failure it stays, with the logs. */
    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
