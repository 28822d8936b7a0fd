package io.revoker.redis.audit;

import io.revoker.domain.audit.AuditStore.Series;
import java.util.Comparator;

/** Where a pack is: its text is the id in its stream, with a {@code c} behind it in the stream of counts. */
record PackPlace(long millis, long number, Series series) {
    static final Comparator<PackPlace> ORDER = Comparator.comparingLong(PackPlace::millis)
            .thenComparingLong(PackPlace::number)
            .thenComparing(PackPlace::series);

    private static final String OF_COUNTS = "c";

    static PackPlace of(String text) {
        return text.endsWith(OF_COUNTS)
                ? of(text.substring(0, text.length() - OF_COUNTS.length()), Series.COUNTS)
                : of(text, Series.ACTS);
    }

    static PackPlace of(String id, Series series) {
        int dash = id.indexOf('-');
        return new PackPlace(Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1)), series);
    }

    String id() {
        return millis + "-" + number;
    }

    String text() {
        return series == Series.COUNTS ? id() + OF_COUNTS : id();
    }
}
