package io.revoker.domain.near;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The leases that are known. Every method but the first may be repeated, and fails with a {@link
 * io.revoker.domain.Problem}.
 */
public interface NearLeases {
    /** For stores without leases. */
    NearLeases NONE = new NearLeases() {
        @Override
        public boolean mayExist() {
            return false;
        }

        @Override
        public Future<Renewal> renew(NearLease lease) {
            return Future.succeededFuture(Renewal.BEGUN);
        }

        @Override
        public Future<Void> end(String instance) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Held> held() {
            return Future.succeededFuture(new Held(Instant.EPOCH, Duration.ZERO, List.of()));
        }
    };

    /**
     * Whether there were some when the newest entry was written to the log that shares the connection of these, or
     * some may have been lost with an older store. Does not ask the store.
     */
    boolean mayExist();

    /** Begins or renews one. What it has read only grows. */
    Future<Renewal> renew(NearLease lease);

    Future<Void> end(String instance);

    Future<Held> held();

    /** What became of a lease. */
    enum Renewal {
        /** There was none that had not run out. */
        BEGUN,
        RENEWED
    }

    /**
     * A lease that is known.
     *
     * @param heard when it was renewed last, by the store
     */
    record Known(NearLease lease, Instant heard) {}

    /**
     * All leases, also some that have run out, and those that an older store may have had.
     *
     * @param time of the store
     * @param connected how long the store has been the same one: what an older one knew of renewals may be lost
     */
    record Held(Instant time, Duration connected, List<Known> leases) {
        public Held {
            leases = List.copyOf(leases);
        }

        /** Whether a lease has run out for sure. */
        public boolean hasRunOut(Known known) {
            return time.isAfter(known.heard().plus(known.lease().bound())) && hasAllRenewals(known);
        }

        /** Whether the store has every renewal of a lease that may last. */
        public boolean hasAllRenewals(Known known) {
            return connected.compareTo(known.lease().bound()) > 0;
        }
    }
}
