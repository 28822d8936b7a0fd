package io.revoker.bench;

import java.util.List;

/** Seconds that sweeps took, by the tokens that they invalidated. */
record Growth(String name, List<Point> points) {

    /** A sweep. */
    record Point(double tokens, double seconds) {}

    /**
     * A straight line through the points, by least squares.
     *
     * @param slope seconds a token
     * @param r2 1 if all points are on it
     */
    record Line(double intercept, double slope, double r2) {}

    Line line() {
        double meanTokens = points.stream().mapToDouble(Point::tokens).average().orElseThrow();
        double meanSeconds =
                points.stream().mapToDouble(Point::seconds).average().orElseThrow();
        double squares = 0;
        double products = 0;
        double spread = 0;
        for (Point point : points) {
            squares += Math.pow(point.tokens - meanTokens, 2);
            products += (point.tokens - meanTokens) * (point.seconds - meanSeconds);
            spread += Math.pow(point.seconds - meanSeconds, 2);
        }
        double slope = products / squares;
        return new Line(meanSeconds - slope * meanTokens, slope, slope * products / spread);
    }
}
