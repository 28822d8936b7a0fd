package io.revoker.bench;

import io.revoker.bench.RedisServer.Persistence;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that followers cost the service: what is alive on its heap, and what its JVM has beside the heap, by
 * native memory tracking; against as many connections of a plain server that have had an answer.
 */
record ReachMemory(Machine machine, RedisServer redis, int followers, Report report) {
    private static final List<String> OPTIONS = List.of("-XX:NativeMemoryTracking=summary");
    private static final Pattern TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(reserved=\\d+KB, committed=(\\d+)KB");
    private static final double MEGABYTE = 1 << 20;
    private static final double KILOBYTE = 1 << 10;
    private static final int PROCESSES = 10;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** In bytes. */
    private record Memory(double alive, double beside, double resident) {
        Memory minus(Memory other) {
            return new Memory(alive - other.alive, beside - other.beside, resident - other.resident);
        }
    }

    void measure() throws IOException, InterruptedException {
        Memory ours = ofFollowers();
        Memory theirs = ofConnections();
        add("alive on the heap", ours.alive(), theirs.alive());
        add("beside the heap", ours.beside(), theirs.beside());
        add("both", ours.alive() + ours.beside(), theirs.alive() + theirs.beside());
        add("resident, garbage included", ours.resident(), theirs.resident());
    }

    private Memory ofFollowers() throws IOException, InterruptedException {
        try (JavaProcess service =
                        machine.service(redis, OPTIONS, List.of(ReachRows.MOST_FOLLOWERS, "--redis.prefix=memory"));
                HeapWatch heap = HeapWatch.attach(service.pid())) {
            List<URI> ways = Collections.nCopies(PROCESSES, ReachRows.uri(service.port()));
            ReachSeries series = new ReachSeries(machine, service.port(), redis.port());
            try (ReachCrowd few = ReachCrowd.start(machine, redis, ways.subList(0, 1), 1)) {
                series.measure(few, ReachSeries.Kind.TOKEN, 100);
            }
            Memory before = now(service, heap);
            try (ReachCrowd crowd = ReachCrowd.start(machine, redis, ways, followers / PROCESSES)) {
                new ReachSeries(machine, service.port(), redis.port()).measure(crowd, ReachSeries.Kind.TOKEN, 100);
                return now(service, heap).minus(before);
            }
        }
    }

    private Memory ofConnections() throws IOException, InterruptedException {
        try (JavaProcess plain = machine.plain(OPTIONS, "plain".getBytes(StandardCharsets.US_ASCII), Map.of());
                HeapWatch heap = HeapWatch.attach(plain.pid())) {
            connect(plain, 1);
            Memory before = now(plain, heap);
            List<Wire> wires = connect(plain, followers);
            Memory more = now(plain, heap).minus(before);
            for (Wire wire : wires) {
                wire.close();
            }
            return more;
        }
    }

    private static List<Wire> connect(JavaProcess server, int number) throws IOException {
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Wire wire = Wire.open(server.port());
            wire.call(Buffer.buffer(REQUEST));
            wires.add(wire);
        }
        return wires;
    }

    private static Memory now(JavaProcess server, HeapWatch heap) throws IOException, InterruptedException {
        double alive = heap.alive();
        String tracked = new Program(Path.of(System.getProperty("java.home"), "bin", "jcmd"))
                .run(List.of("" + server.pid(), "VM.native_memory", "summary"));
        double beside = kilobytes(TOTAL, tracked) - kilobytes(HEAP, tracked);
        return new Memory(alive, beside * KILOBYTE, server.residentBytes());
    }

    private static double kilobytes(Pattern pattern, String tracked) throws IOException {
        Matcher found = pattern.matcher(tracked);
        if (!found.find()) {
            throw new IOException("jcmd: " + tracked);
        }
        return Double.parseDouble(found.group(1));
    }

    private void add(String what, double bytes, double reference) {
        report.add(new Row(
                "memory for %,d followers, ".formatted(followers) + what,
                Persistence.ALWAYS.words,
                "MB",
                bytes / MEGABYTE,
                "plain server, as many connections",
                reference / MEGABYTE));
    }
}
