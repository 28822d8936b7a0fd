package io.revoker.redis.link;

import io.vertx.core.Future;
import java.util.function.Function;

/**
 * A primary that can be asked how many replicas have all that it wrote before, whoever had it written. Its connection waits for the replicas, and so does
 * all that is sent on it meanwhile.
 *
 * @param name of the node of a Cluster; empty where there is only one server
 */
public record Witness(String name, Function<ReplicaCount, Future<Confirmed>> question) {
    public Future<Confirmed> ask(ReplicaCount count) {
        return question.apply(count);
    }

    /**
     * What a primary says of its replicas.
     *
     * @param node its name; empty where there is only one server
     * @param replicas that have all that it had written
     */
    public record Confirmed(String node, ServerId server, int replicas) {}
}
