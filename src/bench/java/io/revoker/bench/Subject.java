package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import java.io.IOException;
import java.util.List;

/** A service, and the Redis that it works on. */
record Subject(Machine machine, Topology topology, JavaProcess service) implements AutoCloseable {
    static Subject start(Machine machine, Topology topology) throws IOException {
        return start(machine, topology, List.of());
    }

    /** The same with more settings. */
    static Subject start(Machine machine, Topology topology, List<String> more) throws IOException {
        return new Subject(machine, topology, machine.service(topology, more));
    }

    /** Registers grants of a realm, from one number to another, which is left out; nothing persists meanwhile. */
    void extend(TokenSet tokens, int from, int to) throws InterruptedException {
        topology.persist(Persistence.NONE);
        new Filler(machine.vertx(), service.port()).extend(tokens, from, to);
    }

    /** Tokens a second, from the request to its answer. */
    double sweep(SweepTarget target) throws IOException, InterruptedException {
        topology.awaitRest();
        return new Api(service.port()).tokensPerSecond(target.body(), target.tokens());
    }

    /** Processor seconds that the servers of Redis have used, all together. */
    double redisSeconds() throws InterruptedException {
        double seconds = 0;
        for (Topology.Node node : topology.nodes()) {
            seconds += node.console().processorSeconds();
        }
        return seconds;
    }

    void revive() throws InterruptedException {
        new Revival(topology).revive();
    }

    @Override
    public void close() {
        service.close();
        topology.close();
    }
}
