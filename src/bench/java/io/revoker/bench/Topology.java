package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One Redis, or a Cluster whose nodes share the slots evenly. Nothing is persisted before {@link #persist} is called.
 */
record Topology(String name, String url, List<Node> nodes) implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** A server and its console. */
    record Node(RedisServer server, RedisConsole console) {}

    static Topology one(Machine machine) throws IOException {
        Node node = node(machine, "one", List.of());
        return new Topology("one Redis", node.server.url(), List.of(node));
    }

    static Topology cluster(Machine machine, int size) throws IOException, InterruptedException {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(node(machine, "node-" + i, List.of("--cluster-enabled", "yes")));
        }
        String url = nodes.stream()
                .map(node -> "127.0.0.1:" + node.server.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
        Topology cluster = new Topology("Cluster of " + size, url, nodes);
        cluster.join();
        return cluster;
    }

    boolean isCluster() {
        return nodes.size() > 1;
    }

    Node first() {
        return nodes.get(0);
    }

    /** Who has a slot. */
    Node owner(int slot) {
        return IntStream.range(0, nodes.size())
                .filter(i -> slot < SLOTS * (i + 1) / nodes.size())
                .mapToObj(nodes::get)
                .findFirst()
                .orElseThrow();
    }

    /** Returns when Redis writes to disk what it has to, and has nothing left to rewrite. */
    void persist(Persistence persistence) throws InterruptedException {
        for (Node node : nodes) {
            node.console.call("CONFIG", "SET", "appendfsync", "always");
            node.console.call("CONFIG", "SET", "appendonly", persistence == Persistence.ALWAYS ? "yes" : "no");
        }
        awaitRest();
    }

    void awaitRest() throws InterruptedException {
        for (Node node : nodes) {
            node.console.awaitRest();
        }
    }

    void flush() throws InterruptedException {
        for (Node node : nodes) {
            node.console.flush();
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.server.close());
    }

    private static Node node(Machine machine, String name, List<String> options) throws IOException {
        List<String> all =
                Stream.concat(Stream.of("--appendonly", "no"), options.stream()).toList();
        RedisServer server =
                RedisServer.start(machine.redisServer(), machine.work().resolve("redis-" + name), all);
        return new Node(server, new RedisConsole(machine.vertx(), server.url()));
    }

    private void join() throws InterruptedException {
        String first = "" + first().server.port();
        for (int i = 0; i < nodes.size(); i++) {
            Stream<String> slots = IntStream.range(SLOTS * i / nodes.size(), SLOTS * (i + 1) / nodes.size())
                    .mapToObj(String::valueOf);
            RedisConsole console = nodes.get(i).console;
            console.call(Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
            console.call("CLUSTER", "MEET", "127.0.0.1", first);
        }
        for (Node node : nodes) {
            while (!isWhole(node.console.call("CLUSTER", "INFO"))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private boolean isWhole(Response info) {
        String text = info.toString();
        return text.contains("cluster_state:ok") && text.contains("cluster_known_nodes:" + nodes.size());
    }
}
