package io.revoker.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percentiles in microseconds. */
record Latency(double p50, double p99, double p999) {

    /** @param nanos at least one */
    static Latency of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(micros(sorted, 0.5), micros(sorted, 0.99), micros(sorted, 0.999));
    }

    /** By name. */
    Map<String, Double> named() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("p50", p50);
        named.put("p99", p99);
        named.put("p99.9", p999);
        return named;
    }

    /** @param share of the sorted times that are not longer */
    static double micros(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1000.0;
    }
}
