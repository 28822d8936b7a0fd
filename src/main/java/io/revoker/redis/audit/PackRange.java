package io.revoker.redis.audit;

import io.revoker.domain.audit.AuditRequests.Order;
import io.revoker.domain.audit.AuditStore.Kept;
import io.revoker.domain.audit.AuditStore.Range;
import io.revoker.domain.audit.AuditStore.Series;
import io.revoker.redis.link.Call;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the packs of both streams in one order: by their ids; of two with the same id, that of acts comes first. */
record PackRange(Range range, int most) {
    private record Found(PackPlace place, List<String> lines) {
        private static Found of(Response entry, Series series) {
            return new Found(PackPlace.of(entry.get(0).toString(), series), AuditText.lines(entry.get(1)));
        }
    }

    private boolean isBack() {
        return range.order() == Order.NEWEST_FIRST;
    }

    /** The call that reads one stream. */
    Call of(Series series, String stream) {
        Optional<Instant> until = range.until().map(end -> end.of(series));
        Optional<String> after = range.after()
                .map(PackPlace::of)
                .filter(place -> !isBack()
                        || until.map(end -> place.millis() <= millis(end)).orElse(true))
                .map(place -> after(place, series));
        String low = range.since().map(PackRange::id).orElse("-");
        String high = until.map(PackRange::id).orElse("+");
        return Call.of(isBack() ? Command.XREVRANGE : Command.XRANGE, stream)
                .arg(isBack() ? after.orElse(high) : after.orElse(low))
                .arg(isBack() ? low : high)
                .arg("COUNT")
                .arg(most);
    }

    private String after(PackPlace place, Series series) {
        int order = series.compareTo(place.series());
        boolean mayBeEqual = isBack() ? order < 0 : order > 0;
        return mayBeEqual ? place.id() : "(" + place.id();
    }

    private static String id(Instant time) {
        return Long.toString(millis(time));
    }

    private static long millis(Instant time) {
        return Math.max(0, time.toEpochMilli());
    }

    /** What was read of both. */
    List<Kept> merge(Response acts, Response counts) {
        return Stream.concat(
                        acts.stream().map(entry -> Found.of(entry, Series.ACTS)),
                        counts.stream().map(entry -> Found.of(entry, Series.COUNTS)))
                .sorted(Comparator.comparing(Found::place, isBack() ? PackPlace.ORDER.reversed() : PackPlace.ORDER))
                .limit(most)
                .map(found -> new Kept(found.place().text(), found.lines()))
                .toList();
    }
}
