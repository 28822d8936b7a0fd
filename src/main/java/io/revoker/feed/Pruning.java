package io.revoker.feed;

import io.revoker.domain.Stamp;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Walks round and round over some marks, a bounded number of steps at a time, and drops those that are too old. Used by one thread only. */
final class Pruning {
    private static final int STEPS = 1000;

    private final List<Map<?, Stamp>> maps;
    private Iterator<Map<?, Stamp>> round = Collections.emptyIterator();
    private Map<?, Stamp> walked = Map.of();
    private Iterator<? extends Map.Entry<?, Stamp>> entries = Collections.emptyIterator();

    /** @param maps whose iterators bear that the maps change meanwhile */
    Pruning(List<Map<?, Stamp>> maps) {
        this.maps = maps;
    }

    /** Goes on from where it stopped, to the end of the round at most. */
    void go(Stamp oldest) {
        if (!round.hasNext() && !entries.hasNext()) {
            round = maps.iterator();
        }
        for (int step = 0; step < STEPS && hasNext(); step++) {
            Map.Entry<?, Stamp> mark = entries.next();
            if (oldest.isAfter(mark.getValue())) {
                walked.remove(mark.getKey(), mark.getValue());
            }
        }
    }

    private boolean hasNext() {
        while (!entries.hasNext() && round.hasNext()) {
            walked = round.next();
            entries = walked.entrySet().iterator();
        }
        return entries.hasNext();
    }
}
