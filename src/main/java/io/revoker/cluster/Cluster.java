package io.revoker.cluster;

import io.revoker.config.ClusterConfig;
import io.revoker.domain.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.time.Duration;
import java.util.Optional;

/** The cluster: for instances of the service, and for applications that send to them and follow them. */
public final class Cluster {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** A member that gives no sign of life is written to for no longer than twice this, and a little. */
    private static final Duration PING = Duration.ofSeconds(2);

    private Cluster() {}

    /**
     * Builds a Vert.x that is a member. It leaves the cluster when it is closed.
     *
     * @param builder without a cluster manager
     * @param options which will have the address of the event bus
     * @return fails with a {@link Problem}, also if there is no cluster manager on the class path
     */
    public static Future<Vertx> join(VertxBuilder builder, VertxOptions options, ClusterConfig config) {
        Optional<String> problem = problem(config);
        if (problem.isPresent()) {
            return Future.failedFuture(Problem.unavailable(problem.get()));
        }
        EventBusOptions bus = options.getEventBusOptions();
        bus.setHost(config.host())
                .setPort(config.busPort())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setClusterPingInterval(PING.toMillis())
                .setClusterPingReplyInterval(PING.toMillis());
        return builder.with(options)
                .withClusterManager(HazelcastSettings.manager(config))
                .buildClustered()
                .recover(failure -> Future.failedFuture(notJoined(config, failure)));
    }

    private static Problem notJoined(ClusterConfig config, Throwable failure) {
        return Problem.unavailable("cluster: not joined at " + config.host() + " port " + config.port() + ": "
                + failure.getMessage() + " (expected: a free port, and at cluster.members members or no servers)");
    }

    /** Why it could not be joined from here. */
    public static Optional<String> problem(ClusterConfig config) {
        return !config.enabled() || isAvailable()
                ? Optional.empty()
                : Optional.of("cluster.enabled: true, without a cluster manager (expected: revoker-cluster.jar in the"
                        + " folder of revoker.jar, or io.vertx:vertx-hazelcast on the class path)");
    }

    private static boolean isAvailable() {
        try {
            Class.forName("io.vertx.spi.cluster.hazelcast.HazelcastClusterManager", false, loader());
            Class.forName("com.hazelcast.config.Config", false, loader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static ClassLoader loader() {
        return Cluster.class.getClassLoader();
    }
}
