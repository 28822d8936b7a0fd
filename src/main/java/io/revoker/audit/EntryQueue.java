package io.revoker.audit;

import io.revoker.audit.QueuedEntry.Owner;
import io.revoker.domain.audit.AuditStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Entries that wait to be written: first those of acts of this event loop, whose callers wait. */
final class EntryQueue {
    private static final int MOST = 20_000;
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final Deque<QueuedEntry> own = new ArrayDeque<>();
    private final Deque<QueuedEntry> others = new ArrayDeque<>();

    /** Acts of others, of which one entry is enough. */
    private final Set<String> claimed = new HashSet<>();

    /** Whether there is room for the end of one more act. */
    boolean hasRoom() {
        return own.size() < MOST;
    }

    boolean isFull() {
        return own.size() >= 2 * MOST || others.size() >= MOST;
    }

    boolean isEmpty() {
        return own.isEmpty() && others.isEmpty();
    }

    /** Whether there are as many as are written together. */
    boolean hasPack() {
        return own.size() >= AuditStore.MOST_LINES;
    }

    /** Nothing is added twice for an act of another instance. */
    void add(QueuedEntry entry) {
        if (entry.owner() == Owner.SELF) {
            own.add(entry);
        } else if (claimed.add(entry.act())) {
            others.add(entry);
        } else {
            entry.written().complete();
        }
    }

    /** The next ones, as many as are written together. */
    List<QueuedEntry> take() {
        List<QueuedEntry> pack = new ArrayList<>();
        int characters = take(own, pack, 0);
        take(others, pack, characters);
        return pack;
    }

    private static int take(Deque<QueuedEntry> from, List<QueuedEntry> pack, int before) {
        int characters = before;
        while (!from.isEmpty() && pack.size() < AuditStore.MOST_LINES && characters < MOST_CHARACTERS) {
            QueuedEntry entry = from.remove();
            characters += entry.members().length();
            pack.add(entry);
        }
        return characters;
    }

    /** They were written, or need not be. */
    void over(List<QueuedEntry> entries) {
        entries.forEach(entry -> {
            claimed.remove(entry.act());
            entry.written().tryComplete();
        });
    }

    /** Tells those that wait. They stay. */
    void fail(Throwable failure) {
        own.forEach(entry -> entry.written().tryFail(failure));
        others.forEach(entry -> entry.written().tryFail(failure));
    }

    void clear() {
        own.clear();
        others.clear();
        claimed.clear();
    }
}
