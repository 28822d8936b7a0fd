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
 * Single requests and streams that write, and sweeps of realms, of this service and perhaps of another build of it, round by round beside plain SETs of the same
 * Redis; medians of the rounds.
 *
 * @param other the jar of the other build
 */
record RateRows(Machine machine, Persistence persistence, Sizes sizes, Optional<Path> other, Report report) {
    private static final int CONNECTIONS = 64;
    private static final int PER_USER = 5;
    private static final String SINGLE_SETS = "SETs one by one";
    private static final String SPREAD_SETS = "pipelined SETs";
    private static final String HOT_SETS = "pipelined SETs of one key";
    private static final String SWEEP = "sweep of a realm, ";

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

    /**
     * Something that is measured.
     *
     * @param count how much of it is done
     * @param rate does it; returns how much of it was done in a second
     */
    private record Work(String name, int count, Rate rate) {
        interface Rate {
            double run() throws IOException, InterruptedException;
        }
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
        Map<String, Median> sets = Map.of(SINGLE_SETS, new Median(), SPREAD_SETS, new Median(), HOT_SETS, new Median());
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
            double hot = yardstick.setsPerSecond(Shape.hot(sizes.tokens()));
            if (counts) {
                sets.getOrDefault(SINGLE_SETS, new Median()).add(single);
                sets.getOrDefault(SPREAD_SETS, new Median()).add(spread);
                sets.getOrDefault(HOT_SETS, new Median()).add(hot);
            }
        }
        builds.forEach(build -> build.rates().forEach((work, rate) -> {
            String yardstick =
                    work.startsWith(SWEEP) ? HOT_SETS : work.startsWith("NDJSON") ? SPREAD_SETS : SINGLE_SETS;
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

    private void round(RedisServer redis, Build build, String name, boolean counts)
            throws IOException, InterruptedException {
        int port = build.service().port();
        Load load = new Load(machine.vertx(), port, CONNECTIONS);
        Filler filler = new Filler(machine.vertx(), port);
        TokenSet single = tokens("single" + name, TokenSet.Form.LONE, PER_USER);
        TokenSet pairs = tokens("pairs" + name, TokenSet.Form.PAIR, PER_USER);
        int grants = sizes.userTokens();
        TokenSet five = tokens("five" + name, TokenSet.Form.LONE, PER_USER);
        TokenSet one = tokens("one" + name, TokenSet.Form.LONE, 1);
        int swept = sizes.tokens() / PER_USER;
        filler.fill(five, swept);
        filler.fill(one, swept);
        List<Work> works = List.of(
                new Work(
                        "single registration",
                        sizes.singles(),
                        () -> load.once(sizes.singles(), single::registrationRequest)),
                new Work(
                        "single invalidation",
                        sizes.singles(),
                        () -> load.once(sizes.singles(), single::invalidationRequest)),
                new Work("NDJSON registration of pairs, tokens", 2 * grants, () -> 2 * filler.fill(pairs, grants)),
                new Work("NDJSON revocation of single tokens", grants, () -> filler.revoke(pairs, grants)),
                new Work(SWEEP + "five tokens a user", swept, () -> sweep(port, five, swept)),
                new Work(SWEEP + "one token a user", swept, () -> sweep(port, one, swept)));
        RedisConsole console = new RedisConsole(machine.vertx(), redis.url());
        for (Work work : works) {
            measure(console, build, counts, work);
        }
    }

    private static TokenSet tokens(String realm, TokenSet.Form form, int perUser) {
        return new TokenSet(realm.replaceAll("\\W", ""), form, perUser);
    }

    private static double sweep(int port, TokenSet tokens, int count) throws IOException, InterruptedException {
        return new Api(port).tokensPerSecond("{\"realm_name\":\"" + tokens.realm() + "\"}", count);
    }

    private void measure(RedisConsole console, Build build, boolean counts, Work work)
            throws IOException, InterruptedException {
        console.awaitRest();
        double redisBefore = console.processorSeconds();
        double before = build.service().processorTime().toNanos() / 1e9;
        double rate = work.rate().run();
        double used = build.service().processorTime().toNanos() / 1e9 - before;
        double redis = console.processorSeconds() - redisBefore;
        report.progress("%s%s: %.0f a second, service %.1f µs, Redis %.1f µs"
                .formatted(
                        work.name(),
                        build.name(),
                        rate,
                        used * Rounds.MICROS / work.count(),
                        redis * Rounds.MICROS / work.count()));
        if (counts) {
            build.add(work.name(), rate, used, work.count());
        }
    }

    private void add(String measure, String unit, double value, String yardstick, double reference) {
        report.add(new Row(measure, persistence.words, unit, value, yardstick, reference));
    }
}
