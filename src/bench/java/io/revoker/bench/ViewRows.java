package io.revoker.bench;

import io.revoker.client.RevokerClient;
import io.revoker.client.view.RevocationState;
import io.revoker.client.view.RevocationView;
import io.revoker.client.view.TokenKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The view of the Java client with a million revoked tokens: look-ups and heap, beside those of a
 * {@link HashSet} of the same hashes. By turns, and the medians count.
 */
record ViewRows(Sizes sizes, Report report) {
    private static final int MARKS = 1000;
    private static final int KEYS = 100_000;
    private static final int TOGETHER = 1000;
    private static final int COLLECTIONS = 5;
    private static final long PATIENCE = 60;

    void measure() throws IOException, InterruptedException {
        int tokens = sizes.tokens();
        try (ViewServer empty = ViewServer.start(0, 0);
                ViewServer server = ViewServer.start(tokens, MARKS);
                RevokerClient ofEmpty = RevokerClient.builder(empty.uri()).build();
                RevokerClient client = RevokerClient.builder(server.uri()).build();
                RevocationView none = RevocationView.builder(ofEmpty).open()) {
            none.ready().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
            long before = heap();
            try (RevocationView view = RevocationView.builder(client).open()) {
                view.ready().orTimeout(PATIENCE, TimeUnit.SECONDS).join();
                double ofView = (double) (heap() - before) / tokens;
                Set<Long> set = new HashSet<>();
                before = heap();
                for (int i = 0; i < tokens; i++) {
                    set.add(ViewServer.hash(ViewServer.token(i)));
                }
                double ofSet = (double) (heap() - before) / tokens;
                add(
                        "heap of a view with %,d revoked tokens, over one without".formatted(tokens),
                        "bytes/token",
                        ofView,
                        ofSet);
                lookUps(view, set);
            }
        }
    }

    private void lookUps(RevocationView view, Set<Long> set) throws InterruptedException {
        compare(view, set, "revoked", i -> i);
        compare(view, set, "not revoked", i -> sizes.tokens() + i);
    }

    private void compare(RevocationView view, Set<Long> set, String what, IntUnaryOperator number)
            throws InterruptedException {
        TokenKey[] keys = new TokenKey[KEYS];
        Long[] hashes = new Long[KEYS];
        for (int i = 0; i < KEYS; i++) {
            String token = ViewServer.token(number.applyAsInt(i));
            hashes[i] = ViewServer.hash(token);
            keys[i] = TokenKey.of(token)
                    .realm("corp")
                    .user("someone-" + i)
                    .issuedAt(Instant.now())
                    .build();
        }
        heap(); // puts them together, as what is in use for long
        RevocationState expected = what.equals("revoked") ? RevocationState.REVOKED : RevocationState.NOT_REVOKED;
        Median ofView = new Median();
        Median ofSet = new Median();
        for (int i = 0; i <= sizes.rounds(); i++) {
            double ours = rate(at -> view.state(keys[at]) == expected);
            double theirs = rate(at -> set.contains(hashes[at]) == what.equals("revoked"));
            if (i > 0) { // the first warms up
                ofView.add(ours);
                ofSet.add(theirs);
            }
        }
        add("view, look-ups, " + what, "a processor second", ofView.value(), ofSet.value());
    }

    /** How often a second of a processor. */
    private double rate(IntPredicate lookUp) {
        long end = System.nanoTime() + sizes.round().toNanos();
        long begin = processorTime();
        long done = 0;
        int at = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < TOGETHER; i++) {
                if (!lookUp.test(at)) {
                    throw new IllegalStateException("key " + at + ": another answer than expected");
                }
                at = at + 1 == KEYS ? 0 : at + 1;
            }
            done += TOGETHER;
        }
        return done * 1e9 / (processorTime() - begin);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void add(String measure, String unit, double ours, double theirs) {
        report.add(new Row(measure, "none", unit, ours, "HashSet<Long> of the hashes", theirs));
    }

    /** What is in use after collections. */
    private static long heap() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
