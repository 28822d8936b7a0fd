package io.revoker.bench;

import io.revoker.bench.Topology.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The script calls of one sweep, by the server that they went to.
 *
 * @param stamp of the sweep: an argument of each call, and the end of its first key
 */
record Capture(List<Part> parts, String stamp) {
    private static final int ARGUMENTS = 3;
    private static final int KEYS = 3;

    /** What one server was called. */
    record Part(Node node, List<List<String>> calls) {}

    /** Sweeps, and writes down what the servers are sent meanwhile. */
    static Capture of(Subject subject, SweepTarget target) throws IOException, InterruptedException {
        List<Monitor> monitors = new ArrayList<>();
        try {
            for (Node node : subject.topology().nodes()) {
                monitors.add(Monitor.start(node.server().port()));
            }
            subject.sweep(target);
            return collect(subject.topology().nodes(), monitors);
        } finally {
            for (Monitor monitor : monitors) {
                monitor.close();
            }
        }
    }

    /** Tokens a second of the same calls as of another instant; the servers have to be as they were before the sweep. */
    double replay(SweepTarget target) throws IOException, InterruptedException {
        String other = "" + (Long.parseLong(stamp) + 1);
        List<Part> moved = parts.stream()
                .map(part -> new Part(part.node, replaced(part.calls, other)))
                .toList();
        List<Replay> replays = moved.stream()
                .map(part -> Replay.of(part.node.server().port(), part.calls))
                .toList();
        long began = System.nanoTime();
        Replay.runAll(replays);
        double rate = target.tokens() * 1e9 / (System.nanoTime() - began);
        long counted = counted(moved);
        if (counted != target.tokens()) {
            throw new IOException("replay: " + counted + " (expected: " + target.tokens() + " invalidated)");
        }
        return rate;
    }

    private static Capture collect(List<Node> nodes, List<Monitor> monitors) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            parts.add(new Part(nodes.get(i), monitors.get(i).calls(nodes.get(i).console())));
        }
        List<String> some =
                parts.stream().flatMap(part -> part.calls.stream()).findFirst().orElseThrow();
        return new Capture(parts, some.get(some.size() - ARGUMENTS));
    }

    private List<List<String>> replaced(List<List<String>> calls, String other) {
        return calls.stream()
                .map(call ->
                        call.stream().map(word -> word.replace(stamp, other)).toList())
                .toList();
    }

    private static long counted(List<Part> parts) throws InterruptedException {
        long counted = 0;
        for (Part part : parts) {
            List<String> totals =
                    part.calls.stream().map(call -> call.get(KEYS)).distinct().toList();
            for (String key : totals) {
                counted += part.node
                        .console()
                        .call("HINCRBY", key, "invalidated", "0")
                        .toLong();
                part.node.console().call("UNLINK", key);
            }
        }
        return counted;
    }
}
