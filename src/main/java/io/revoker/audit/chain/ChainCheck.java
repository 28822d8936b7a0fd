package io.revoker.audit.chain;

import io.revoker.domain.audit.AuditRequests.Chain;
import io.revoker.domain.audit.AuditRequests.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks entries in the order in which they were kept. Each chain is followed by itself: those of several instances are
 * mixed. At most {@value #MOST} findings are kept.
 */
public final class ChainCheck {
    /** Findings that are kept. */
    public static final int MOST = 1000;

    private final Optional<Map<String, Chain>> ends;
    private final Map<String, FollowedChain> followed = new HashMap<>();
    private final Map<String, Long> continued = new HashMap<>();
    private final Map<String, Map<Long, String>> known = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long lines;

    /** What is wrong. */
    public enum Kind {
        /** The line is not what was written, or what follows was written after another one. */
        ALTERED,
        /** Entries between two others, or before the first, are gone. */
        MISSING,
        /** It is there, but not at its place, or twice. */
        MOVED,
        /** The last entries of a chain are gone. */
        CUT_OFF,
        /** It is of a chain whose end was never recorded, or was removed. */
        UNRECORDED
    }

    /**
     * Something that is wrong with the entries of a chain.
     *
     * @param from the number of the first of them
     * @param to that of the last
     */
    public record Finding(Kind kind, String chain, long from, long to) {}

    private ChainCheck(Optional<Map<String, Chain>> ends) {
        this.ends = ends;
    }

    /** Of entries whose ends are not known, such as those of a file: it may begin and end anywhere. */
    public static ChainCheck ofPart() {
        return new ChainCheck(Optional.empty());
    }

    /**
     * Of all entries that are kept.
     *
     * @param chains as they were before the first of the entries was read
     */
    public static ChainCheck ofAll(List<Chain> chains) {
        Map<String, Chain> ends = new HashMap<>();
        chains.forEach(chain -> ends.put(chain.id(), chain));
        return new ChainCheck(Optional.of(ends));
    }

    /**
     * An entry that must be there as it was, unless the retention has removed it. To be called before the first line.
     */
    public void expect(String chain, Link entry) {
        known.computeIfAbsent(chain, id -> new HashMap<>()).put(entry.number(), entry.hash());
        continued.merge(chain, entry.number(), Long::max);
    }

    /** The next line. */
    public void add(String text) {
        lines++;
        Optional<ChainedLine> read = ChainedLine.read(text);
        if (read.isEmpty()) {
            find(Kind.ALTERED, "", lines, lines);
            return;
        }
        ChainedLine line = read.get();
        FollowedChain chain = followed.computeIfAbsent(line.chain(), id -> new FollowedChain());
        if (!line.isWhole()) {
            find(Kind.ALTERED, line.chain(), line.link().number());
        }
        line.continued()
                .ifPresent(end -> continued.merge(end.chain(), end.link().number(), Long::max));
        place(line, chain);
    }

    private void place(ChainedLine line, FollowedChain chain) {
        long number = line.link().number();
        if (!chain.begun) {
            chain.begun = true;
            chain.last = begin(line);
        }
        if (number <= chain.last.number()) {
            find(Kind.MOVED, line.chain(), number);
            chain.found(number);
            return;
        }
        if (number > chain.last.number() + 1) {
            chain.miss(chain.last.number() + 1, number - 1);
        } else if (!line.previous().equals(chain.last.hash())) {
            find(Kind.ALTERED, line.chain(), Math.max(1, number - 1));
        }
        requireEnd(line);
        chain.last = line.link();
    }

    /** The entry before the first one. */
    private Link begin(ChainedLine line) {
        return ends.map(known -> Optional.ofNullable(known.get(line.chain()))
                        .map(Chain::removed)
                        .orElse(Link.NONE))
                .orElseGet(() -> new Link(line.link().number() - 1, line.previous()));
    }

    /** What was recorded as the end must be what is there, and what is known otherwise. */
    private void requireEnd(ChainedLine line) {
        Link link = line.link();
        boolean isAnother = end(line.chain())
                .filter(end -> end.number() == link.number() && !end.hash().equals(link.hash()))
                .isPresent();
        String hash = known.getOrDefault(line.chain(), Map.of()).getOrDefault(link.number(), link.hash());
        if (isAnother || !hash.equals(link.hash())) {
            find(Kind.ALTERED, line.chain(), link.number());
        }
    }

    private Optional<Link> end(String chain) {
        return ends.flatMap(known -> Optional.ofNullable(known.get(chain))).map(Chain::last);
    }

    /** How many lines there were. */
    public long lines() {
        return lines;
    }

    /** How many chains they were of. */
    public int chains() {
        return followed.size();
    }

    /**
     * What is wrong, once all lines were added.
     *
     * @param removed the chains as they are now: the retention may have removed entries while they were read
     */
    public List<Finding> findings(List<Chain> removed) {
        Map<String, Long> floors = new HashMap<>();
        removed.forEach(chain -> floors.put(chain.id(), chain.removed().number()));
        List<Finding> all = new ArrayList<>(findings);
        followed.forEach((id, chain) -> {
            chain.missing().forEach((from, to) -> {
                long first = Math.max(from, floors.getOrDefault(id, 0L) + 1);
                if (first <= to) {
                    all.add(new Finding(Kind.MISSING, id, first, to));
                }
            });
            end(id).ifPresent(end -> {
                // A chain that is not there any more when all was read was removed as a whole.
                long first = Math.max(chain.last.number(), floors.getOrDefault(id, end.number())) + 1;
                if (first <= end.number()) {
                    all.add(new Finding(Kind.CUT_OFF, id, first, end.number()));
                }
            });
            if (ends.isPresent() && end(id).isEmpty() && !floors.containsKey(id)) {
                all.add(new Finding(Kind.UNRECORDED, id, 1, chain.last.number()));
            }
        });
        ends.ifPresent(known -> known.forEach((id, chain) -> {
            long first = Math.max(chain.removed().number(), floors.getOrDefault(id, Long.MAX_VALUE)) + 1;
            if (!followed.containsKey(id) && first <= chain.last().number() && first > 0) {
                all.add(new Finding(Kind.CUT_OFF, id, first, chain.last().number()));
            }
        }));
        if (ends.isPresent()) {
            continued.forEach((id, number) -> {
                long first = Math.max(last(id), floors.getOrDefault(id, 0L)) + 1;
                if (first <= number) {
                    all.add(new Finding(Kind.CUT_OFF, id, first, number));
                }
            });
        }
        return all.stream().distinct().limit(MOST).toList();
    }

    /** The last number of a chain that is recorded, or there. */
    private long last(String chain) {
        long there = Optional.ofNullable(followed.get(chain))
                .map(found -> found.last.number())
                .orElse(0L);
        return Math.max(there, end(chain).map(Link::number).orElse(0L));
    }

    private void find(Kind kind, String chain, long number) {
        find(kind, chain, number, number);
    }

    private void find(Kind kind, String chain, long from, long to) {
        if (findings.size() < MOST) {
            findings.add(new Finding(kind, chain, from, to));
        }
    }
}
