package io.revoker.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Which faults come when: all of it follows from the seed. */
record Schedule(long seed, Topology topology, List<Timed> faults) {
    /** What Redis has forgotten is missed by then: an instance that started before would not know it. */
    private static final long UNNOTICED = 2500;

    /** A fault, and its times in milliseconds after the start. */
    record Timed(Fault fault, long begin, long end) {
        @Override
        public String toString() {
            return "+" + begin + " to " + end + " ms: " + fault;
        }
    }

    static Schedule of(Topology topology, long seed) {
        // Of seeds that follow one another the first numbers of a plain Random are much alike.
        Random random = new Random(new SplittableRandom(seed).nextLong());
        List<Timed> faults = new ArrayList<>();
        long free = 150;
        for (int i = 0; i < topology.faults(); i++) {
            Fault fault = topology.anyFault(random);
            boolean overlaps =
                    i > 0 && faults.stream().allMatch(other -> other.fault().goesWith(fault)) && random.nextInt(3) == 0;
            long begin = overlaps ? faults.get(i - 1).begin() + 30 : free + 100 + random.nextInt(300);
            long end = begin + 100 + random.nextInt(500);
            faults.add(new Timed(fault, begin, end));
            free = Math.max(free, end + (fault.isLoss() ? UNNOTICED : 0));
        }
        return new Schedule(seed, topology, faults);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + ", " + topology + ":");
        faults.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }
}
