package io.revoker.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one that comes with Redis. */
record RedisBenchmark(Program program, int port, Servers servers) implements Yardstick {
    /** What is behind the port. */
    enum Servers {
        ONE,
        CLUSTER
    }

    /** A line of its CSV: the command, then the rate. */
    private static final Pattern RATE = Pattern.compile("\"SET\",\"([0-9.]+)\"");

    @Override
    public String name() {
        return "redis-benchmark";
    }

    @Override
    public double setsPerSecond(Shape shape) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--csv", "-p", "" + port, "-t", "set"));
        arguments.addAll(
                List.of("-n", "" + shape.count(), "-P", "" + shape.pipeline(), "-c", "" + shape.connections()));
        if (servers == Servers.CLUSTER) {
            arguments.add("--cluster");
        }
        if (shape.keys() > 1) {
            arguments.addAll(List.of("-r", "" + shape.keys()));
        }
        String output = program.run(arguments);
        Matcher rate = RATE.matcher(output);
        if (!rate.find()) {
            throw new IOException("redis-benchmark: no rate in its output: " + output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
