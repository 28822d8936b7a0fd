package io.revoker.bench;

import io.revoker.bench.Growth.Point;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Seconds over tokens, both by powers of ten, as SVG. A straight line that rises by one decade a decade is linear growth. */
final class Chart {
    private static final List<String> COLORS = List.of("#1b6ca8", "#d1495b", "#2e8b57", "#e08e0b");
    private static final List<String> DASHES = List.of("none", "8 4", "none", "8 4");
    private static final int LEFT = 80;
    private static final int TOP = 60;
    private static final int DECADE = 130;
    private static final int LEGEND_LINE = 22;

    private final List<Growth> growths;
    private final int firstX;
    private final int lastX;
    private final int firstY;
    private final int lastY;

    /** @param growths each with at least one point */
    Chart(List<Growth> growths) {
        this.growths = growths;
        List<Point> points =
                growths.stream().flatMap(growth -> growth.points().stream()).toList();
        this.firstX =
                (int) Math.floor(points.stream().mapToDouble(Chart::x).min().orElseThrow());
        this.lastX = (int) Math.ceil(points.stream().mapToDouble(Chart::x).max().orElseThrow());
        this.firstY =
                (int) Math.floor(points.stream().mapToDouble(Chart::y).min().orElseThrow());
        this.lastY = (int) Math.ceil(points.stream().mapToDouble(Chart::y).max().orElseThrow());
    }

    void write(Path file) throws IOException {
        int width = LEFT + DECADE * (lastX - firstX) + 330;
        int height = TOP + DECADE * (lastY - firstY) + 60;
        Files.writeString(file, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="13">
                <rect width="%1$d" height="%2$d" fill="white"/>
                <text x="%3$d" y="30" font-size="17">Sweep of a realm, five tokens a user: seconds over tokens</text>
                %4$s%5$s%6$s</svg>
                """.formatted(width, height, LEFT, columns(), lines(), curves()));
    }

    private String columns() {
        return IntStream.rangeClosed(firstX, lastX)
                .mapToObj(decade -> line(across(decade), up(firstY), across(decade), up(lastY))
                        + text(
                                across(decade),
                                up(firstY) + 22,
                                "middle",
                                String.format(Locale.ROOT, "%,.0f", ten(decade))))
                .collect(Collectors.joining());
    }

    private String lines() {
        return IntStream.rangeClosed(firstY, lastY)
                .mapToObj(decade -> line(across(firstX), up(decade), across(lastX), up(decade))
                        + text(LEFT - 8, up(decade) + 4, "end", plain(ten(decade)) + " s"))
                .collect(Collectors.joining());
    }

    private String curves() {
        return IntStream.range(0, growths.size())
                .mapToObj(i -> curve(i) + legend(i))
                .collect(Collectors.joining());
    }

    private String curve(int i) {
        List<Point> points = growths.get(i).points();
        String path = points.stream().map(point -> at(point, "%.1f,%.1f")).collect(Collectors.joining(" "));
        String dots = points.stream()
                .map(point -> at(point, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"" + color(i) + "\"/>\\n"))
                .collect(Collectors.joining());
        return "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\" points=\"%s\"/>%n"
                        .formatted(color(i), DASHES.get(i % DASHES.size()), path)
                + dots;
    }

    private String legend(int i) {
        Growth.Line line = growths.get(i).line();
        double x = across(lastX) + 20;
        double y = up(lastY) + 2.0 * LEGEND_LINE * i + 10;
        String slope = String.format(Locale.ROOT, "%.2f µs a token, R² = %.4f", line.slope() * 1e6, line.r2());
        return "<rect x=\"%.0f\" y=\"%.0f\" width=\"12\" height=\"12\" fill=\"%s\"/>%n".formatted(x, y - 11, color(i))
                + text(x + 20, y, "start", growths.get(i).name())
                + text(x + 20, y + LEGEND_LINE - 4, "start", slope);
    }

    private static String color(int i) {
        return COLORS.get(i % COLORS.size());
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d0d0\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String words) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words);
    }

    private String at(Point point, String form) {
        return String.format(Locale.ROOT, form, across(x(point)), up(y(point)));
    }

    private double across(double decade) {
        return LEFT + DECADE * (decade - firstX);
    }

    private double up(double decade) {
        return TOP + DECADE * (lastY - decade);
    }

    private static double x(Point point) {
        return Math.log10(point.tokens());
    }

    private static double y(Point point) {
        return Math.log10(point.seconds());
    }

    private static double ten(int decade) {
        return Math.pow(10, decade);
    }

    private static String plain(double figure) {
        return BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString();
    }
}
