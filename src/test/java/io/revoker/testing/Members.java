package io.revoker.testing;

import static io.revoker.testing.Waiting.get;

import io.revoker.bus.Codecs;
import io.revoker.cluster.Cluster;
import io.revoker.config.ClusterConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** The places of a cluster's members on this machine, each of which may be taken by a service or by an application. */
public record Members(List<Integer> ports) {
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;
    private static final Duration JOIN = Duration.ofSeconds(60);

    /**
     * On ports that are free now, and that the system does not hand out meanwhile: a member waits for another server
     * that answers where it expects a member.
     */
    public static Members of(int members) {
        return new Members(new Random()
                .ints(FIRST, LAST)
                .distinct()
                .filter(Members::isFree)
                .limit(members)
                .boxed()
                .toList());
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** The options of a service. */
    public List<String> options(int member) {
        return List.of(
                "--cluster.enabled=true",
                "--cluster.port=" + ports.get(member),
                "--cluster.bus-port=0",
                "--cluster.members=" + addresses());
    }

    /** An application that has joined, with the codecs of the messages. */
    public Vertx join(int member) {
        Vertx joined = joinWithoutCodecs(member);
        Codecs.register(joined.eventBus());
        return joined;
    }

    public Vertx joinWithoutCodecs(int member) {
        ClusterConfig config = new ClusterConfig(true, "127.0.0.1", ports.get(member), 0, Optional.of(addresses()));
        return get(Cluster.join(Vertx.builder(), new VertxOptions(), config), JOIN);
    }

    /** All of them, as the setting {@code cluster.members}. */
    public String addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }
}
