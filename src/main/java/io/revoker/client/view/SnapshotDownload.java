package io.revoker.client.view;

import io.revoker.client.feed.Incoming;
import io.revoker.client.feed.SeenRealms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A snapshot on its way. */
final class SnapshotDownload implements Incoming.Receiver {
    /** A service that has just begun reads its whole log first. */
    private static final Duration FIRST = Duration.ofMinutes(1);

    private static final String PATH = "/v1/revocations/snapshot";

    private final SnapshotReader reader;
    private final Result result;
    private final Incoming incoming;
    private long heard = System.nanoTime();
    private boolean hasBegun;
    private SeenRealms seen = SeenRealms.ALL;

    /** What becomes of it; one of both is called. */
    interface Result {
        void came(Known snapshot, long stamp);

        void failed(Throwable failure);
    }

    private SnapshotDownload(Incoming.Source source, int most, Result result) {
        this.reader = new SnapshotReader(most);
        this.result = result;
        this.incoming = Incoming.of(source, this, PATH, "Accept", "application/vnd.revoker.snapshot");
    }

    static SnapshotDownload begin(Incoming.Source source, int most, Result result) {
        return new SnapshotDownload(source, most, result);
    }

    /** When something has come last. */
    long heard() {
        return heard;
    }

    /** For how long it may be silent: the answer takes longer to begin than to go on. */
    Duration patience(Duration silence) {
        return hasBegun || silence.compareTo(FIRST) > 0 ? silence : FIRST;
    }

    void cancel() {
        incoming.cancel();
    }

    @Override
    public void begun(Incoming.Head head) throws IOException {
        hasBegun = true;
        seen = head.seen();
        heard = System.nanoTime();
    }

    @Override
    public void received(ByteBuffer bytes) throws IOException {
        heard = System.nanoTime();
        reader.read(bytes);
    }

    @Override
    public void ended(Optional<Throwable> failure) {
        if (failure.isPresent()) {
            result.failed(failure.get());
            return;
        }
        try {
            Known known = reader.known();
            known.see(seen);
            result.came(known, reader.stamp());
        } catch (IOException e) {
            result.failed(e);
        }
    }
}
