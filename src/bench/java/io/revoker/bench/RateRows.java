package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.Yardstick.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Single requests and streams that write, of this service and perhaps of another build of it, round by round beside plain SETs of the same Redis; medians of the
 * rounds.
 *
 * @param other the jar of the other build
 */
record RateRows(Machine machine, Persistence persistence, Sizes sizes, Optional<Path> other, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int PER_USER = 5;
    private static final String SINGLE_SETS = "SETs one by one";
    private static final String SPREAD_SETS = "pipelined SETs";

    /** A build that is measured, on the Redis that all share, with keys of its own. */
    private record Build(String name, JavaProcess service, Map<String, Median> rates, Map<String, Median> processor)
            implements AutoCloseable {
        Build(String name, JavaProcess service) {
            this(name, service, new TreeMap<>(), new TreeMap<>());
        }

        void add(String work, double rate, double seconds, double count) {
            rates.computeIfAbsent(work, key -> new Median()).add(rate);
            processor.computeIfAbsent(work, key -> new Median()).add(seconds * Rounds.MICROS / count);
        }

        @Override
        public void close() {
            service.close();
        }
    }

    /** Something that is measured; returns how much of it was done in a second. */
    private interface Work {
        double run() throws InterruptedException;
    }

    void measure() throws IOException, InterruptedException {
        List<Build> builds = new ArrayList<>();
        try (RedisServer redis = machine.redis(persistence)) {
            builds.add(new Build("", start(machine, redis, "new")));
            if (other.isPresent()) {
                Machine before = new Machine(machine.vertx(), other.get(), machine.redisServer(), machine.work());
                builds.add(new Build(", the other build", start(before, redis, "old")));
            }
            rounds(redis, builds);
        } finally {
            builds.forEach(Build::close);
        }
    }

    private static JavaProcess start(Machine machine, RedisServer redis, String prefix) throws IOException {
        return machine.service(redis, List.of("--redis.prefix=" + prefix, "--http.request-timeout=5m"));
    }

    private void rounds(RedisServer redis, List<Build> builds) throws IOException, InterruptedException {
        Map<String, Median> sets = Map.of(SINGLE_SETS, new Median(), SPREAD_SETS, new Median());
        for (int round = 0; round <= sizes.rounds(); round++) {
            // The first one warms up.
            boolean counts = round > 0;
            for (Build build : inTurn(builds, round)) {
                round(redis, build, build.name() + round, counts);
            }
            Yardstick yardstick = Yardstick.of(machine.vertx(), redis.port());
            new RedisConsole(machine.vertx(), redis.url()).awaitRest();
            double single = yardstick.setsPerSecond(Shape.oneByOne(CONNECTIONS, sizes.singles()));
            double spread = yardstick.setsPerSecond(Shape.spread(sizes.tokens()));
            if (counts) {
                sets.getOrDefault(SINGLE_SETS, new Median()).add(single);
                sets.getOrDefault(SPREAD_SETS, new Median()).add(spread);
            }
        }
        builds.forEach(build -> build.rates().forEach((work, rate) -> {
            String yardstick = work.startsWith("NDJSON") ? SPREAD_SETS : SINGLE_SETS;
            add(
                    work + build.name(),
                    "a second",
                    rate.value(),
                    yardstick,
                    sets.getOrDefault(yardstick, rate).value());
        }));
        builds.forEach(build -> build.processor()
                .forEach((work, micros) ->
                        add(work + build.name() + ", processor of service", "µs", micros.value(), "none", Double.NaN)));
    }

    /** Each is the first as often as the other. */
    private static List<Build> inTurn(List<Build> builds, int round) {
        List<Build> order = new ArrayList<>(builds);
        Collections.rotate(order, round);
        return order;
    }

    private void round(RedisServer redis, Build build, String name, boolean counts) throws InterruptedException {
        int port = build.service().port();
        Load load = new Load(machine.vertx(), port, CONNECTIONS);
        Filler filler = new Filler(machine.vertx(), port);
        TokenSet single = new TokenSet("single" + name.replaceAll("\\W", ""), TokenSet.Form.LONE, PER_USER);
        TokenSet pairs = new TokenSet("pairs" + name.replaceAll("\\W", ""), TokenSet.Form.PAIR, PER_USER);
        int grants = sizes.userTokens();
        RedisConsole console = new RedisConsole(machine.vertx(), redis.url());
        measure(
                console,
                build,
                counts,
                "single registration",
                sizes.singles(),
                () -> load.once(sizes.singles(), single::registrationRequest));
        measure(
                console,
                build,
                counts,
                "single invalidation",
                sizes.singles(),
                () -> load.once(sizes.singles(), single::invalidationRequest));
        measure(
                console,
                build,
                counts,
                "NDJSON registration of pairs, tokens",
                2 * grants,
                () -> 2 * filler.fill(pairs, grants));
        measure(
                console,
                build,
                counts,
                "NDJSON revocation of single tokens",
                grants,
                () -> filler.revoke(pairs, grants));
    }

    private void measure(RedisConsole console, Build build, boolean counts, String name, int count, Work work)
            throws InterruptedException {
        console.awaitRest();
        double redisBefore = console.processorSeconds();
        double before = build.service().processorTime().toNanos() / 1e9;
        double rate = work.run();
        double used = build.service().processorTime().toNanos() / 1e9 - before;
        double redis = console.processorSeconds() - redisBefore;
        report.progress("%s%s: %.0f a second, service %.1f µs, Redis %.1f µs"
                .formatted(name, build.name(), rate, used * Rounds.MICROS / count, redis * Rounds.MICROS / count));
        if (counts) {
            build.add(name, rate, used, count);
        }
    }

    private void add(String measure, String unit, double value, String yardstick, double reference) {
        report.add(new Row(measure, persistence.words, unit, value, yardstick, reference));
    }
}
