package io.revoker.audit;

import io.revoker.audit.QueuedEntry.Owner;
import io.revoker.domain.audit.AuditStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Entries that wait to be written: first those of acts of this event loop, whose callers may wait. */
final class EntryQueue {
    private static final int MOST = 20_000;
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final Deque<QueuedEntry> own = new ArrayDeque<>();
    private final Deque<QueuedEntry> others = new ArrayDeque<>();

    /** Acts whose entries are not written yet: each has one. */
    private final Set<String> acts = new HashSet<>();

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

    /** Of an act that has an entry already, only its own event loop may add one, which replaces the other. */
    void add(QueuedEntry entry) {
        boolean isFirst = entry.act().isEmpty() || acts.add(entry.act());
        if (entry.owner() == Owner.SELF) {
            if (!isFirst) {
                leaveToItsOwner(entry.act());
            }
            own.add(entry);
        } else if (isFirst) {
            others.add(entry);
        } else {
            entry.written().complete();
        }
    }

    private void leaveToItsOwner(String act) {
        others.removeIf(other -> {
            boolean isOfAct = other.act().equals(act);
            if (isOfAct) {
                other.written().tryComplete();
            }
            return isOfAct;
        });
    }

    /** The same entry, of an act whose end another instance has written. */
    QueuedEntry late(QueuedEntry entry) {
        acts.remove(entry.act());
        return entry.late();
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
            acts.remove(entry.act());
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
        acts.clear();
    }
}
