package io.revoker.redis.link;

import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks the nodes of a Cluster which primary serves which slots; any node knows, a replica too. */
final class ClusterMap {
    private final Vertx vertx;
    private final RedisSettings settings;
    private final List<Address> seeds;

    ClusterMap(Vertx vertx, RedisSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.seeds = settings.nodes();
    }

    /**
     * Asks one node after the other, in random order, until one answers.
     *
     * @param known nodes besides those that are configured
     */
    Future<List<SlotRange>> read(Collection<Address> known) {
        Set<Address> all = new LinkedHashSet<>(known);
        all.addAll(seeds);
        List<Address> nodes = new ArrayList<>(all);
        Collections.shuffle(nodes);
        return readFromOneOf(nodes);
    }

    private Future<List<SlotRange>> readFromOneOf(List<Address> nodes) {
        return readFrom(nodes.get(0))
                .recover(failure -> nodes.size() == 1
                        ? Future.failedFuture(RedisFailure.translate(failure))
                        : readFromOneOf(nodes.subList(1, nodes.size())));
    }

    private Future<List<SlotRange>> readFrom(Address node) {
        Redis client = RedisClients.create(vertx, settings.at(node).options());
        return client.connect()
                .compose(connection ->
                        connection.send(Request.cmd(Command.CLUSTER).arg("SLOTS")))
                .recover(ClusterMap::explain)
                .map(reply -> SlotRange.parse(reply, node))
                .timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(ClusterMap::requireSome)
                .eventually(client::close);
    }

    private static Future<Response> explain(Throwable failure) {
        return Future.failedFuture(
                String.valueOf(failure.getMessage()).contains("cluster support disabled")
                        ? Problem.unavailable("Redis: a single server (expected: redis.url begins with redis://)")
                        : failure);
    }

    /** A node that was reset, or never joined a Cluster, knows no slots. */
    private static Future<List<SlotRange>> requireSome(List<SlotRange> ranges) {
        return ranges.isEmpty()
                ? Future.failedFuture(Problem.unavailable(
                        "Redis: a node that has not joined a Cluster (expected: a node of a Cluster)"))
                : Future.succeededFuture(ranges);
    }

    /** Slots from the first to the last, served by one primary of a Cluster. */
    record SlotRange(int first, int last, Address primary) {
        /**
         * Reads the reply to {@code CLUSTER SLOTS}.
         *
         * @param asked the node that replied
         */
        static List<SlotRange> parse(Response reply, Address asked) {
            return reply.stream().map(range -> parseOne(range, asked)).toList();
        }

        private static SlotRange parseOne(Response range, Address asked) {
            Response primary = range.get(2);
            Response host = primary.get(0);
            Address named = new Address(
                    host == null ? "" : host.toString(), primary.get(1).toInteger());
            return new SlotRange(range.get(0).toInteger(), range.get(1).toInteger(), named.or(asked.host()));
        }
    }
}
