package io.revoker.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What Prometheus reads, at one moment. */
public record Scrape(String page) {

    public static Scrape of(RunningService service) {
        return new Scrape(
                Call.of("GET", service.managementUri("/metrics")).send().body());
    }

    /** Value by labels, as they are written there. */
    public Map<String, Double> samples(String name) {
        Map<String, Double> samples = new TreeMap<>();
        List<String> lines = page.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .toList();
        for (String line : lines) {
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(name.length(), space), Double.parseDouble(line.substring(space + 1)));
        }
        return samples;
    }

    /** The ones that something happened to. */
    public Map<String, Double> counted(String name) {
        Map<String, Double> samples = samples(name);
        samples.values().removeIf(count -> count == 0);
        return samples;
    }

    /** The sum over all labels; nothing that is not there is taken for zero. */
    public double value(String name) {
        return samples(name).values().stream().reduce(Double::sum).orElseThrow(() -> new AssertionError("no " + name));
    }
}
