package io.revoker.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Redis Cluster of the test's own: primaries that share the slots evenly, and replicas, the first of the first primary and so on. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** Until a node is taken for dead: more than a busy machine stands still. */
    private static final String NODE_TIMEOUT_MILLIS = "3000";

    private static final Duration TAKE_OVER = Duration.ofSeconds(90);
    /** A little more than Redis itself waits for a fail-over that it was asked for. */
    private static final Duration GIVEN_UP = Duration.ofMillis(5_500);

    private final List<RedisProcess> primaries;
    private final List<RedisProcess> replicas;

    private RedisCluster(List<RedisProcess> primaries, List<RedisProcess> replicas) {
        this.primaries = primaries;
        this.replicas = replicas;
    }

    /** Starts it, and waits until every node serves and knows all of it. */
    public static RedisCluster start(int primaries, int replicas, String... options) {
        return start(RedisServers.executable(), primaries, replicas, options);
    }

    /** Starts one of the oldest Redis that is supported. */
    public static RedisCluster startOldest(int primaries) {
        return start(RedisServers.embeddedExecutable(), primaries, 0);
    }

    private static RedisCluster start(Path executable, int primaries, int replicas, String... options) {
        Path directory = RedisServers.directory();
        RedisCluster cluster = new RedisCluster(
                IntStream.range(0, primaries)
                        .mapToObj(i -> node(executable, directory.resolve("primary" + i), options))
                        .toList(),
                IntStream.range(0, replicas)
                        .mapToObj(i -> node(executable, directory.resolve("replica" + i), options))
                        .toList());
        cluster.assignSlots();
        cluster.meet();
        cluster.replicate();
        return cluster;
    }

    public String url() {
        return primaries.stream()
                .map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    public List<RedisProcess> primaries() {
        return primaries;
    }

    public List<RedisProcess> replicas() {
        return replicas;
    }

    public int slotOf(String key) {
        return Integer.parseInt(call(primaries.get(0), "CLUSTER", "KEYSLOT", key));
    }

    /** The node that has the slot of a key. */
    public RedisProcess primaryOf(String key) {
        return owner(slotOf(key));
    }

    /** The node that has the tokens of a realm, all of them of one user. */
    public RedisProcess primaryOfRealm(String prefix, String realm) {
        try (RedisClient redis = RedisClient.of(url())) {
            return primaryOf(redis.keys(prefix + ":h:{" + realm).get(0));
        }
    }

    /** A realm with a token of joe, whose tokens are not where the log is. */
    public String realmElsewhere(Api api, String prefix) {
        String realm = Api.fresh("realm");
        api.access(realm, "joe");
        return primaryOfRealm(prefix, realm).equals(primaryOf("{log}")) ? realmElsewhere(api, prefix) : realm;
    }

    /** Moves a slot to the next primary. */
    public void move(int slot) {
        beginMove(slot);
        finishMove(slot);
    }

    /** Moves all that is in a slot to the next primary; what is new from now on, is new there. */
    public void beginMove(int slot) {
        RedisProcess from = owner(slot);
        announceMove(slot, from, after(from));
        moveKeys(slot, from, after(from));
    }

    /** Moves one key to the next primary, and leaves the others of its slot where they are. */
    public void beginMoveOf(String key) {
        int slot = slotOf(key);
        RedisProcess from = owner(slot);
        announceMove(slot, from, after(from));
        try (RedisClient client = from.client()) {
            moveKey(key, client, after(from));
        }
    }

    private static void announceMove(int slot, RedisProcess from, RedisProcess to) {
        call(to, "CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", id(from));
        call(from, "CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", id(to));
    }

    /** Tells every node that the slot has moved. */
    public void finishMove(int slot) {
        RedisProcess from = owner(slot);
        RedisProcess to = after(from);
        moveKeys(slot, from, to);
        for (RedisProcess node : List.of(to, from)) {
            call(node, "CLUSTER", "SETSLOT", String.valueOf(slot), "NODE", id(to));
        }
    }

    /** Moves every slot of a primary to the next one. */
    public void drain(RedisProcess from) {
        RedisProcess to = after(from);
        String id = id(to);
        List<RedisClient> clients = primaries.stream().map(RedisProcess::client).toList();
        List<String[]> owned = ranges(from).toList();
        for (String slot : IntStream.range(0, SLOTS)
                .filter(slot -> owned.stream().anyMatch(range -> covers(range, slot)))
                .mapToObj(String::valueOf)
                .toList()) {
            if (!call(from, "CLUSTER", "COUNTKEYSINSLOT", slot).equals("0")) {
                beginMove(Integer.parseInt(slot));
            }
            clients.forEach(node -> node.call("CLUSTER", "SETSLOT", slot, "NODE", id));
        }
        clients.forEach(RedisClient::close);
    }

    /** Whether any call has followed a key to where it was moving. */
    public boolean hasSentOn() {
        return primaries.stream()
                .anyMatch(node -> call(node, "INFO", "commandstats").contains("cmdstat_asking"));
    }

    /** Waits until the replicas have everything. */
    public void awaitReplicas() {
        primaries.forEach(RedisProcess::awaitReplica);
    }

    /**
     * Makes a replica the primary of its primary's slots. Redis gives up a fail-over that does not come about within five seconds, because the primary
     * stands still: it is asked again.
     */
    public static void takeOver(RedisProcess replica) {
        AtomicLong nextAt = new AtomicLong(System.nanoTime());
        Waiting.until("the replica is primary", TAKE_OVER, () -> {
            if (System.nanoTime() - nextAt.get() >= 0) {
                boolean accepted = call(replica, "CLUSTER", "FAILOVER").equals("OK");
                nextAt.set(System.nanoTime() + (accepted ? GIVEN_UP.toNanos() : 0));
            }
            return isPrimary(replica);
        });
    }

    @Override
    public void close() {
        all().forEach(RedisProcess::close);
    }

    private Stream<RedisProcess> all() {
        return Stream.concat(primaries.stream(), replicas.stream());
    }

    private static RedisProcess node(Path executable, Path directory, String... options) {
        List<String> all =
                new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-node-timeout", NODE_TIMEOUT_MILLIS));
        all.addAll(List.of(options));
        try {
            return RedisProcess.start(executable, Files.createDirectory(directory), all.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assignSlots() {
        for (int i = 0; i < primaries.size(); i++) {
            int first = SLOTS * i / primaries.size();
            int end = SLOTS * (i + 1) / primaries.size();
            Stream<String> slots = IntStream.range(first, end).mapToObj(String::valueOf);
            call(
                    primaries.get(i),
                    Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
    }

    private void meet() {
        String first = String.valueOf(primaries.get(0).port());
        all().skip(1).forEach(node -> call(node, "CLUSTER", "MEET", "127.0.0.1", first));
        all().forEach(node -> Waiting.until("the cluster is whole", () -> isWhole(node)));
    }

    private boolean isWhole(RedisProcess node) {
        String info = call(node, "CLUSTER", "INFO");
        return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + all().count());
    }

    private void replicate() {
        for (int i = 0; i < replicas.size(); i++) {
            RedisProcess replica = replicas.get(i);
            String primary = id(primaries.get(i));
            Waiting.until(
                    "the primary is known",
                    () -> call(replica, "CLUSTER", "REPLICATE", primary).equals("OK"));
            Waiting.until(
                    "replicated", () -> call(replica, "INFO", "replication").contains("master_link_status:up"));
        }
    }

    private RedisProcess after(RedisProcess node) {
        int next = (Math.max(primaries.indexOf(node), replicas.indexOf(node)) + 1) % primaries.size();
        return Stream.concat(
                        primaries.stream().skip(next).limit(1),
                        replicas.stream().skip(next).limit(1))
                .filter(RedisCluster::isPrimary)
                .findFirst()
                .orElseThrow();
    }

    /** A replica may have become a primary. */
    private RedisProcess owner(int slot) {
        return all().filter(node -> owns(node, slot)).findFirst().orElseThrow();
    }

    public static boolean isPrimary(RedisProcess node) {
        return call(node, "ROLE").startsWith("[master");
    }

    private static boolean owns(RedisProcess node, int slot) {
        return ranges(node).anyMatch(range -> covers(range, slot));
    }

    private static boolean covers(String[] range, int slot) {
        return Integer.parseInt(range[0]) <= slot && slot <= Integer.parseInt(range[range.length - 1]);
    }

    /** As the node itself sees it: its own line of the node table lists its slots. */
    private static Stream<String[]> ranges(RedisProcess node) {
        return call(node, "CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .flatMap(line -> Stream.of(line.split(" ")).skip(8))
                .filter(range -> range.matches("\\d+(-\\d+)?"))
                .map(range -> range.split("-"));
    }

    private static void moveKeys(int slot, RedisProcess from, RedisProcess to) {
        try (RedisClient client = from.client()) {
            List<?> keys = (List<?>) client.call("CLUSTER", "GETKEYSINSLOT", String.valueOf(slot), "100000");
            keys.forEach(key -> moveKey(key.toString(), client, to));
        }
    }

    private static void moveKey(String key, RedisClient from, RedisProcess to) {
        assertThat(from.call("MIGRATE", "127.0.0.1", String.valueOf(to.port()), key, "0", "5000"))
                .isIn("OK", "NOKEY");
    }

    static String id(RedisProcess node) {
        return call(node, "CLUSTER", "MYID");
    }

    /** An answer of one node. */
    public static String call(RedisProcess node, String... command) {
        try (RedisClient client = node.client()) {
            return client.call(command).toString();
        }
    }
}
