package io.revoker.revocation.streams;

import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.store.RevocationLog.Continuity;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.domain.streams.StreamStore;
import io.revoker.domain.streams.StreamStore.Stored;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;

/**
 * Reads the next events of a stream. The position moves over what was delivered, and over what is not for the receiver;
 * events behind it come from one page of the log, so that what is kept of deliveries out of order is bounded.
 */
final class StreamReader {
    private static final Stamp END = new Stamp(Long.MAX_VALUE);

    private final StreamStore store;
    private final RevocationLog log;
    private final LostEvents lost;
    private final InstantSource time;

    StreamReader(StreamStore store, RevocationLog log, LostEvents lost, InstantSource time) {
        this.store = store;
        this.log = log;
        this.lost = lost;
        this.time = time;
    }

    Future<Batch> read(Read request) {
        return store.find(request.id())
                .map(found -> found.filter(stored -> stored.stream().caller().equals(request.caller())))
                .compose(found -> found.map(stored -> read(stored, request))
                        .orElseGet(() -> Future.succeededFuture(Batch.UNKNOWN)));
    }

    private Future<Batch> read(Stored before, Read request) {
        return lost.look(before)
                .compose(stored -> page(stored, request)
                        .compose(page -> lost.tellGap(stored, page))
                        .map(page -> Reading.of(stored, page, request)))
                .compose(reading -> settle(reading).map(reading.batch(request.most())));
    }

    /** A paused stream delivers none of it, but may have. */
    private Future<LogPage> page(Stored stored, Read request) {
        boolean matters = stored.stream().condition().status() != Status.PAUSED
                || !request.settled().isEmpty();
        return matters
                ? log.between(stored.position().done(), END)
                : Future.succeededFuture(new LogPage(List.of(), END, /* isLast= */ false, Continuity.WHOLE));
    }

    private Future<Void> settle(Reading reading) {
        return reading.settled(time.instant())
                .map(settled -> store.settle(reading.stored().stream().id(), settled))
                .orElseGet(Future::succeededFuture);
    }
}
