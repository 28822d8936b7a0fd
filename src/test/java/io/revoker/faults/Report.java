package io.revoker.faults;

import io.revoker.faults.Event.Checked;
import io.revoker.faults.Event.Registered;
import io.revoker.faults.Event.Revoked;
import io.revoker.faults.Timeline.Over;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What many experiments together have shown, as tables for the manual. */
record Report(List<Result> results) {

    /** Of one kind of fault: how often, the times until service that were not disturbed by a next fault. */
    private record Line(long times, List<Long> recoveries) {
        String text() {
            String longest = recoveries.stream()
                    .max(Long::compare)
                    .map(nanos -> String.format(Locale.ROOT, "%.1f s (of %d)", nanos / 1e9, recoveries.size()))
                    .orElse("");
            return times + " | " + longest;
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(results.size()).append(" schedules, ");
        text.append(sum(Registered.class) + sum(Revoked.class) + sum(Checked.class))
                .append(" operations, ");
        text.append(results.stream()
                        .mapToLong(result -> result.violations().size())
                        .sum())
                .append(" violations, ");
        text.append(results.stream().filter(Result::isExact).count()).append(" with all counts known\n\n");
        text.append("| fault | times | longest time until service |\n|---|---|---|\n");
        lines().forEach((kind, line) -> text.append("| " + kind + " | " + line.text() + " |\n"));
        text.append("\n| operation | served | 503 | no answer |\n|---|---|---|---|\n");
        Stream.of(Registered.class, Revoked.class, Checked.class).forEach(sort -> text.append(operations(sort)));
        return text.toString();
    }

    private Map<String, Line> lines() {
        return results.stream()
                .flatMap(result -> result.faults().stream().map(fault -> Map.entry(fault, result.recovery(fault))))
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().fault().kind(),
                        TreeMap::new,
                        Collectors.collectingAndThen(Collectors.toList(), Report::line)));
    }

    private static Line line(List<Map.Entry<Over, Optional<Long>>> faults) {
        return new Line(
                faults.size(),
                faults.stream().flatMap(fault -> fault.getValue().stream()).toList());
    }

    private String operations(Class<? extends Event> sort) {
        return "| " + sort.getSimpleName().toLowerCase(Locale.ROOT) + " | "
                + events(sort).filter(Event::isServed).count()
                + " | " + events(sort).filter(event -> event.status() == 503).count()
                + " | "
                + events(sort).filter(event -> event.status() == Event.NONE).count() + " |\n";
    }

    private Stream<Event> events(Class<? extends Event> sort) {
        return results.stream().flatMap(result -> result.history().events()).filter(sort::isInstance);
    }

    private long sum(Class<? extends Event> sort) {
        return events(sort).count();
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
