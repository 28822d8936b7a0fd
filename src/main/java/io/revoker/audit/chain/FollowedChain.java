package io.revoker.audit.chain;

import io.revoker.domain.audit.AuditRequests.Link;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** How far a chain was read, and which numbers before that were not there. */
final class FollowedChain {
    Link last = Link.NONE;
    boolean begun;
    private final NavigableMap<Long, Long> missing = new TreeMap<>();

    /** Those from one number to another. */
    void miss(long from, long to) {
        missing.put(from, to);
    }

    /** One that was missing was found later. */
    void found(long number) {
        Map.Entry<Long, Long> range = missing.floorEntry(number);
        if (range == null || range.getValue() < number) {
            return;
        }
        missing.remove(range.getKey());
        if (range.getKey() < number) {
            missing.put(range.getKey(), number - 1);
        }
        if (number < range.getValue()) {
            missing.put(number + 1, range.getValue());
        }
    }

    /** The last number of each range, by its first one. */
    Map<Long, Long> missing() {
        return Collections.unmodifiableMap(missing);
    }
}
