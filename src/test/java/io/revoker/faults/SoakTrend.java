package io.revoker.faults;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What became of one number in the later half of a soak: the line of least squares through it.
 *
 * @param mean of the later half
 * @param slope a minute
 * @param minutes that the later half took
 */
record SoakTrend(String name, double first, double mean, double slope, double minutes) {

    static List<SoakTrend> all(List<SoakSample> samples) {
        return List.of(
                of("heap bytes", SoakSample::heap, samples),
                of("direct bytes", SoakSample::direct, samples),
                of("threads", SoakSample::threads, samples),
                of("descriptors", SoakSample::descriptors, samples),
                of("redis bytes", SoakSample::redis, samples));
    }

    private static SoakTrend of(String name, ToDoubleFunction<SoakSample> value, List<SoakSample> samples) {
        List<SoakSample> late = samples.subList(samples.size() / 2, samples.size());
        double x = late.stream().mapToDouble(SoakSample::minutes).average().orElseThrow();
        double y = late.stream().mapToDouble(value).average().orElseThrow();
        double covariance = late.stream()
                .mapToDouble(sample -> (sample.minutes() - x) * (value.applyAsDouble(sample) - y))
                .sum();
        double variance = late.stream()
                .mapToDouble(sample -> Math.pow(sample.minutes() - x, 2))
                .sum();
        return new SoakTrend(
                name,
                value.applyAsDouble(samples.get(0)),
                y,
                covariance / variance,
                late.get(late.size() - 1).minutes() - late.get(0).minutes());
    }

    /** How much of the mean came in the later half, along the line. */
    double growth() {
        return slope * minutes / mean;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: at first %.0f, in the later half %.0f on average and %+.1f a minute (%+.2f %% in %.0f minutes)",
                name,
                first,
                mean,
                slope,
                100 * growth(),
                minutes);
    }
}
