package io.revoker.client.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections, by each hash that their tokens may be revoked by. Connections of one hash are a ring: to enter
 * and to leave it takes the same time however many they are. Safe for use by many threads.
 */
final class Index {
    private final Map<Entry, List<Link>> entries = new HashMap<>();
    private final Map<Long, Link> rings = new HashMap<>();
    private final int most;

    /** @param most connections */
    Index(int most) {
        this.most = most;
    }

    /** A place in a ring. */
    private static final class Link {
        private final long hash;
        private final Entry entry;
        private Link next = this;
        private Link previous = this;

        Link(long hash, Entry entry) {
            this.hash = hash;
            this.entry = entry;
        }

        void enterAfter(Link other) {
            next = other.next;
            previous = other;
            next.previous = this;
            other.next = this;
        }

        void leave() {
            next.previous = previous;
            previous.next = next;
        }
    }

    /** Returns false if there is no room. */
    synchronized boolean add(Entry entry) {
        if (entries.size() >= most) {
            return false;
        }
        List<Link> links = new ArrayList<>();
        entry.key().forEachHash(hash -> links.add(new Link(hash, entry)));
        links.forEach(this::enter);
        entries.put(entry, links);
        return true;
    }

    private void enter(Link link) {
        Link there = rings.putIfAbsent(link.hash, link);
        if (there != null) {
            link.enterAfter(there);
        }
    }

    /** Returns whether it was there: one caller only gets true. */
    synchronized boolean remove(Entry entry) {
        List<Link> links = entries.remove(entry);
        if (links == null) {
            return false;
        }
        links.forEach(this::leave);
        return true;
    }

    private void leave(Link link) {
        if (link.next == link) {
            rings.remove(link.hash);
        } else {
            rings.replace(link.hash, link, link.next);
            link.leave();
        }
    }

    synchronized boolean has(Entry entry) {
        return entries.containsKey(entry);
    }

    /** Those with a hash. */
    synchronized List<Entry> of(long hash) {
        List<Entry> found = new ArrayList<>();
        Link first = rings.get(hash);
        if (first != null) {
            found.add(first.entry);
            for (Link link = first.next; link != first; link = link.next) {
                found.add(link.entry);
            }
        }
        return found;
    }

    synchronized List<Entry> all() {
        return new ArrayList<>(entries.keySet());
    }

    synchronized int size() {
        return entries.size();
    }

    /** How many hashes there are connections of. */
    synchronized int rings() {
        return rings.size();
    }
}
