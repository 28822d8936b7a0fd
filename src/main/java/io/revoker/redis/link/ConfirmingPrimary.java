package io.revoker.redis.link;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A primary that can be asked how many replicas have everything that it has written, over any connection. The question
 * blocks its connection until the replicas have answered, and so all later calls on it.
 *
 * @param name of the node of a Cluster; empty where there is only one server
 */
public record ConfirmingPrimary(String name, Function<ReplicaCount, Future<Confirmed>> question) {
    public Future<Confirmed> ask(ReplicaCount count) {
        return question.apply(count);
    }

    /**
     * Identifies a server, and the history of writes of which it is the primary.
     *
     * @param run id of the process, different after each start
     * @param history replication id: Redis changes it whenever a replica becomes the primary
     */
    public record ServerId(String run, String history) {}

    /**
     * A primary's answer about its replicas.
     *
     * @param node its name; empty where there is only one server
     * @param replicas that have everything that it had written
     */
    public record Confirmed(String node, ServerId server, int replicas) {}

    /**
     * How many replicas of a primary have everything that it has written.
     *
     * <p>{@code WAIT} covers only what its own connection has written. So that connection first writes a value without
     * a meaning: a replica that has it also has everything that the primary wrote before, over any connection.
     *
     * @param keys the key to write, by its hash tag
     * @param demanded replicas after which the primary answers at once
     * @param patience after which it answers although there are fewer
     * @see <a href="https://redis.io/docs/latest/commands/wait/">WAIT</a>
     */
    public record ReplicaCount(UnaryOperator<String> keys, int demanded, Duration patience) {
        /** The hash tag of the key to write, where any slot will do. */
        static final String ANY_SLOT = "log";

        private static final long KEPT_MILLIS = 1000;

        Call probe(String tag) {
            return Script.PROBE.call(keys.apply(tag)).arg(KEPT_MILLIS);
        }

        Request await() {
            return Request.cmd(Command.WAIT).arg(demanded).arg(patience.toMillis());
        }
    }
}
