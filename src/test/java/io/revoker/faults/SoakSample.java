package io.revoker.faults;

import io.revoker.testing.JarProcess;
import io.revoker.testing.RawConnection;
import io.revoker.testing.RedisClient;
import io.revoker.testing.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large everything is that could grow.
 *
 * @param minutes of the clock that has no beginning
 * @param heap of what is alive: what is garbage by the time that a metric is read depends on how long that takes
 */
record SoakSample(double minutes, double heap, double direct, double threads, double descriptors, double redis) {
    private static final Pattern TOTAL = Pattern.compile("^Total +\\d+ +(\\d+)", Pattern.MULTILINE);
    private static final Pattern REDIS_MEMORY = Pattern.compile("used_memory:(\\d+)");

    static SoakSample of(JarProcess service, RedisClient redis) {
        double live = live(service.pid());
        Scrape metrics = metrics(service);
        Matcher memory = REDIS_MEMORY.matcher(redis.call("INFO", "memory").toString());
        return new SoakSample(
                System.nanoTime() / 60e9,
                live,
                sum(metrics, "jvm_buffer_memory_used_bytes", "id=\"direct\""),
                metrics.value("jvm_threads_live_threads"),
                service.descriptors(),
                memory.results()
                        .mapToDouble(found -> Double.parseDouble(found.group(1)))
                        .findFirst()
                        .orElseThrow());
    }

    private static double live(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return TOTAL.matcher(histogram)
                    .results()
                    .mapToDouble(total -> Double.parseDouble(total.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("jcmd: " + histogram));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scrape metrics(JarProcess service) {
        try (RawConnection management = RawConnection.to(service.managementPort())) {
            return new Scrape(management
                    .exchange("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .body());
        }
    }

    private static double sum(Scrape metrics, String name, String label) {
        return metrics.samples(name).entrySet().stream()
                .filter(sample -> sample.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .reduce(Double::sum)
                .orElseThrow(() -> new AssertionError("no " + name));
    }
}
