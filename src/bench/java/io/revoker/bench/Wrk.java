package io.revoker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator of that name.
 *
 * @param directory where its script goes
 */
record Wrk(Program wrk, Path directory, int port, int connections) implements Generator {
    private static final Pattern MICROS = Pattern.compile("micros: ([0-9.]+) ([0-9.]+) ([0-9.]+)");
    private static final Pattern RATE = Pattern.compile("Requests/sec: *([0-9.]+)");
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    private static final String SCRIPT = """
            local number = 0
            function request()
              number = (number + 1) %% %d
              return %s .. string.format('%%0%dd', number) .. %s
            end
            function done(summary, latency)
              io.write(string.format('micros: %%f %%f %%f\\n',
                latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
            end
            """;

    @Override
    public String name() {
        return "wrk";
    }

    /** What wrk saw: requests a second, and how long they took. */
    record Seen(double rate, Latency latency) {}

    @Override
    public double during(Duration time, Template request, int count) throws IOException, InterruptedException {
        return watch(time, request, count).rate;
    }

    /** The same, with the latencies of the closed loop: a request waits until the one before it on its connection is answered. */
    Seen watch(Duration time, Template request, int count) throws IOException, InterruptedException {
        Path script = directory.resolve("wrk.lua");
        Files.writeString(
                script, SCRIPT.formatted(count, quoted(request.before()), Template.DIGITS, quoted(request.after())));
        String output = wrk.run(List.of(
                "-t" + Math.min(THREADS, connections),
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "--timeout=10s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port));
        Matcher rate = RATE.matcher(output);
        Matcher micros = MICROS.matcher(output);
        if (!rate.find() || !micros.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new IOException("wrk: answers that are no success: " + output);
        }
        return new Seen(Double.parseDouble(rate.group(1)), latency(micros));
    }

    private static Latency latency(Matcher micros) {
        return new Latency(
                Double.parseDouble(micros.group(1)),
                Double.parseDouble(micros.group(2)),
                Double.parseDouble(micros.group(3)));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }
}
