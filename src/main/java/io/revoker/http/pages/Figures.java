package io.revoker.http.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Some of the metrics, as JSON: sums since the start, which the console makes rates of, and the time that checks took.
 * Without metrics they are empty.
 */
record Figures(MeterRegistry registry, String instance, LongAdder sessionChecks) {

    ObjectNode now() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("instance", instance);
        body.put("at", System.currentTimeMillis());
        putCounters(body.putObject("checks"), "revoker.checks", "verdict");
        putCounters(body.putObject("refused"), "revoker.callers.refused", "reason");
        putCounters(body.putObject("tokens"), "revoker.tokens", "outcome");
        body.put("session_checks", sessionChecks.sum());
        putGauge(body, "sweeps_running", "revoker.sweeps.running");
        putTimes(body.putArray("check_times"));
        return body;
    }

    private void putCounters(ObjectNode body, String name, String tag) {
        Map<String, Double> sums = new TreeMap<>();
        for (Counter counter : registry.find(name).counters()) {
            Optional.ofNullable(counter.getId().getTag(tag))
                    .ifPresent(value -> sums.merge(value, counter.count(), Double::sum));
        }
        sums.forEach((value, sum) -> body.put(value, Math.round(sum)));
    }

    private void putGauge(ObjectNode body, String member, String name) {
        Optional.ofNullable(registry.find(name).gauge()).map(Gauge::value).ifPresent(value -> body.put(member, value));
    }

    /** How many answers of the routes that check have taken up to a time, for some times. */
    private void putTimes(ArrayNode times) {
        Map<Double, Double> sums = new TreeMap<>();
        for (Timer timer : registry.find("revoker.http.requests").timers()) {
            String route = Optional.ofNullable(timer.getId().getTag("route")).orElse("");
            if (route.startsWith("/v1/check") || route.equals("/oauth2/introspect")) {
                for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
                    sums.merge(bucket.bucket(TimeUnit.MILLISECONDS), bucket.count(), Double::sum);
                }
                sums.merge(Double.MAX_VALUE, (double) timer.count(), Double::sum);
            }
        }
        sums.forEach((bound, count) -> {
            ObjectNode one = times.addObject().put("count", Math.round(count));
            if (bound < Double.MAX_VALUE) {
                one.put("at_most_ms", bound);
            }
        });
    }
}
