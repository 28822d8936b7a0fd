package io.revoker.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.revoker.config.ClusterConfig;
import io.revoker.testing.Jvm;
import io.revoker.testing.Processes;
import io.revoker.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member of a cluster in another process, which has its own file of hosts, and says how many members it sees. */
final class MemberProcess implements AutoCloseable {
    private final Process process;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    private MemberProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "member process");
        reader.setDaemon(true);
        reader.start();
    }

    static MemberProcess of(Path hosts, String host, int port, String members) {
        try {
            return new MemberProcess(new ProcessBuilder(Jvm.command(
                            "-Xmx96m",
                            "-Djdk.net.hosts.file=" + hosts,
                            "-cp",
                            System.getProperty("java.class.path"),
                            MemberProcess.class.getName(),
                            host,
                            Integer.toString(port),
                            members))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitMembers(int number) {
        Waiting.until(
                () -> number + " members: " + said, Duration.ofSeconds(90), () -> said.contains("members " + number));
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException ended) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.awaitEnd(process);
    }

    /** The other process: its address, its port, and whom to ask. */
    public static void main(String[] arguments) {
        ClusterConfig config =
                new ClusterConfig(true, arguments[0], Integer.parseInt(arguments[1]), 0, Optional.of(arguments[2]));
        Vertx vertx = Waiting.get(Cluster.join(Vertx.builder(), new VertxOptions(), config), Duration.ofSeconds(60));
        HazelcastInstance here = Hazelcast.getAllHazelcastInstances().iterator().next();
        int[] before = {0};
        Waiting.until("killed", Duration.ofHours(1), () -> {
            int members = here.getCluster().getMembers().size();
            if (members != before[0]) {
                System.out.println("members " + members);
                before[0] = members;
            }
            return false;
        });
        Waiting.get(vertx.close());
    }
}
