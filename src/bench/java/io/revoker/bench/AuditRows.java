package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.revoker.bench.TokenSet.Form;
import java.io.IOException;
import java.util.List;

/**
 * What the audit trail costs: single invalidations by a service that keeps it and by one that does not, on the same
 * Redis, by turns. The medians count.
 */
record AuditRows(Machine machine, RedisServer redis, Persistence persistence, Sizes sizes, Report report) {
    private static final int CONNECTIONS = 64;

    /** A service, and what was measured of it. */
    private record Side(JavaProcess service, String name, Median rate, Median processor, Median redis) {
        Side(JavaProcess service, String name) {
            this(service, name, new Median(), new Median(), new Median());
        }
    }

    void measure() throws IOException, InterruptedException {
        try (JavaProcess kept = machine.service(redis, List.of("--audit.enabled=true"));
                JavaProcess without = machine.service(redis, List.of("--audit.enabled=false"))) {
            Side ours = new Side(kept, "kept");
            Side theirs = new Side(without, "without");
            for (Side side : List.of(ours, theirs, ours, theirs)) {
                round(new Side(side.service, side.name), -1);
            }
            for (int i = 0; i < sizes.rounds(); i++) {
                for (Side side : i % 2 == 0 ? List.of(ours, theirs) : List.of(theirs, ours)) {
                    round(side, i);
                }
            }
            add("", "requests/s", ours.rate, theirs.rate);
            add(", service's processor time", "µs/request", ours.processor, theirs.processor);
            add(", Redis' processor time", "µs/request", ours.redis, theirs.redis);
        }
    }

    /** Each round has tokens of its own, which another service registers. */
    private void round(Side side, int number) throws InterruptedException {
        RedisConsole console = new RedisConsole(machine.vertx(), redis.url());
        TokenSet tokens = new TokenSet("audit-" + side.name + number + System.nanoTime(), Form.LONE, 5);
        new Filler(machine.vertx(), side.service.port()).fill(tokens, sizes.singles());
        console.awaitRest();
        double began = side.service.processorTime().toNanos();
        double redisBegan = console.processorSeconds();
        side.rate.add(new Load(machine.vertx(), side.service.port(), CONNECTIONS)
                .once(sizes.singles(), tokens::invalidationRequest));
        side.redis.add((console.processorSeconds() - redisBegan) * Rounds.MICROS / sizes.singles());
        side.processor.add((side.service.processorTime().toNanos() - began) / 1000 / sizes.singles());
    }

    private void add(String what, String unit, Median ours, Median theirs) {
        report.add(new Row(
                "single invalidation with the audit trail" + what,
                persistence.words,
                unit,
                ours.value(),
                "the same service without it",
                theirs.value()));
    }
}
