package io.revoker.http.server;

import java.util.ArrayList;
import java.util.List;

/** The clocks of one connection: one for each request that is being answered, and one between requests. */
final class Watched {
    private final List<UnderWay> requests = new ArrayList<>(1);
    private final long idleNanos;
    private long nextHead;

    /** @param nextHead when the first request must have a head */
    Watched(long nextHead, long idleNanos) {
        this.nextHead = nextHead;
        this.idleNanos = idleNanos;
    }

    /** A request that is being answered. */
    final class UnderWay {
        private final Object request;
        private long deadline;

        private UnderWay(Object request, long deadline) {
            this.request = request;
            this.deadline = deadline;
        }

        void end() {
            requests.remove(this);
            nextHead = System.nanoTime() + idleNanos;
        }
    }

    UnderWay begin(Object request, long deadline) {
        UnderWay begun = new UnderWay(request, deadline);
        requests.add(begun);
        return begun;
    }

    void postpone(Object request, long deadline) {
        for (UnderWay one : requests) {
            if (one.request == request) {
                one.deadline = deadline;
            }
        }
    }

    boolean isIdle() {
        return requests.isEmpty();
    }

    boolean isOverdue(long now) {
        return isIdle() ? nextHead - now < 0 : requests.stream().anyMatch(one -> one.deadline - now < 0);
    }
}
