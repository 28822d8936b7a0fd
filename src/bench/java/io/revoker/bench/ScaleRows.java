package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.TokenSet.Form;
import java.io.IOException;
import java.util.List;

/** How everything grows, on one Redis and on a Cluster of three: {@code mvn -Pbench -Drevoker.bench.scale=true verify}. */
record ScaleRows(Machine machine, ScaleSizes sizes, Report report) {
    private static final int NODES = 3;
    private static final TokenSet CHECKED = new TokenSet("check", Form.LONE, 5);
    private static final TokenSet GROWING = new TokenSet("growing", Form.LONE, 5);
    private static final TokenSet SMALL = new TokenSet("small", Form.LONE, 5);
    private static final TokenSet ONE_EACH = new TokenSet("one-each", Form.LONE, 1);

    void measure() throws IOException, InterruptedException {
        Tools tools = Tools.onPath();
        report.condition("nginx", tools.nginx().isPresent() ? "measured" : "not on the PATH: not measured");
        try (Subject one = Subject.start(machine, Topology.one(machine));
                Subject cluster = Subject.start(machine, Topology.cluster(machine, NODES))) {
            report.condition("Redis version", one.topology().first().console().version());
            List<Side> sides = List.of(Side.begin(one, tools, report), Side.begin(cluster, tools, report));
            edge(one, tools);
            grow(one, cluster, sides);
            others(one, cluster, sides);
            for (Side side : sides) {
                side.end();
            }
        }
    }

    /** One topology of the two. */
    private record Side(Subject subject, Tools tools, SweepRows sweeps, SetRates before) {
        static Side begin(Subject subject, Tools tools, Report report) throws IOException, InterruptedException {
            SetRates before = SetRates.measure(tools.redisBenchmark(), subject.topology());
            subject.topology().flush();
            return new Side(subject, tools, new SweepRows(subject, report), before);
        }

        void end() throws IOException, InterruptedException {
            sweeps.report(before.and(SetRates.measure(tools.redisBenchmark(), subject.topology())));
        }
    }

    private void edge(Subject one, Tools tools) throws IOException, InterruptedException {
        one.extend(CHECKED, 0, sizes.base().checkTokens());
        new EdgeRows(one, sizes, tools, report).measure(CHECKED);
        new HopRows(machine, tools.wrk(), sizes.base(), report).measure(CHECKED.checkRequest());
    }

    private void grow(Subject one, Subject cluster, List<Side> sides) throws IOException, InterruptedException {
        int registered = 0;
        for (int tokens : sizes.tokens()) {
            SweepTarget realm = SweepTarget.realm(GROWING, tokens);
            one.extend(GROWING, registered, tokens);
            registered = tokens;
            copy(one, cluster);
            for (Side side : sides) {
                side.sweeps.measure(realm);
            }
            if (tokens == sizes.middle()) {
                new LatencyRows(one, sizes, report).measure(CHECKED, realm);
            }
            if (tokens == sizes.largest()) {
                new HeapRows(one, report).measure(realm);
            }
        }
    }

    private void others(Subject one, Subject cluster, List<Side> sides) throws IOException, InterruptedException {
        TokenSet ofOne = new TokenSet("user", Form.LONE, sizes.base().userTokens());
        one.topology().flush();
        cluster.topology().flush();
        one.extend(ONE_EACH, 0, sizes.middle());
        one.extend(ofOne, 0, ofOne.perUser());
        one.extend(SMALL, 0, sizes.smallest());
        copy(one, cluster);
        for (Side side : sides) {
            side.sweeps.measure(SweepTarget.user(ofOne));
            side.sweeps.measure(SweepTarget.realm(ONE_EACH, sizes.middle()));
            EffectRows effects = new EffectRows(side.subject, sizes, report);
            effects.measure(SweepTarget.realm(SMALL, sizes.smallest()), SMALL);
            effects.measure(SweepTarget.realm(ONE_EACH, sizes.middle()), ONE_EACH);
        }
    }

    private static void copy(Subject one, Subject cluster) throws InterruptedException {
        cluster.topology().persist(Persistence.NONE);
        new Copier(one.topology(), cluster.topology()).copy();
    }
}
