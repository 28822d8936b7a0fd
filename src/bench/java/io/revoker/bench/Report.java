package io.revoker.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table, as text and as JSON. */
final class Report {
    private static final String LINE = "%-60s %-19s %10s  %-47s %10s %6s%n";

    private final Map<String, String> conditions = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Growth> growths = new ArrayList<>();

    /** Says what is going on. */
    void progress(String words) {
        System.out.println("# " + words);
    }

    /** Something that holds for the whole run. */
    void condition(String name, String value) {
        conditions.put(name, value);
    }

    void add(Row row) {
        rows.add(row);
        System.out.printf(
                Locale.ROOT,
                "# %s, %s, against %s: %.2f%n",
                row.measure(),
                row.setting(),
                row.yardstick(),
                row.ratio());
    }

    void add(Growth growth) {
        growths.add(growth);
    }

    List<Growth> growths() {
        return growths;
    }

    void print() {
        System.out.println();
        conditions.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        System.out.printf(LINE, "measure", "Redis", "Revoker", "yardstick", "yardstick", "ratio");
        for (Row row : rows) {
            System.out.printf(
                    LINE,
                    row.measure() + ", " + row.unit(),
                    row.setting(),
                    figure(row.value()),
                    row.yardstick(),
                    figure(row.reference()),
                    String.format(Locale.ROOT, "%.2f", row.ratio()));
        }
        for (Growth growth : growths) {
            Growth.Line line = growth.line();
            System.out.printf(
                    Locale.ROOT,
                    "growth of a sweep, %s: %.4f s + %.3f µs a token, R² = %.5f%n",
                    growth.name(),
                    line.intercept(),
                    line.slope() * 1e6,
                    line.r2());
        }
    }

    void write(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        conditions.forEach(all.putObject("conditions")::put);
        ArrayNode lines = all.putArray("rows");
        for (Row row : rows) {
            lines.addObject()
                    .put("measure", row.measure())
                    .put("setting", row.setting())
                    .put("unit", row.unit())
                    .put("value", row.value())
                    .put("yardstick", row.yardstick())
                    .put("reference", row.reference())
                    .put("ratio", row.ratio());
        }
        growths.forEach(all.putArray("growth")::addPOJO);
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%,.1f" : "%,.0f", value);
    }
}
