package io.revoker.testing;

import io.revoker.domain.Stamp;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Condition;
import io.revoker.domain.streams.EventStream.Endpoint;
import io.revoker.domain.streams.EventStream.Settings;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that has no streams, and takes none. */
final class NoStreams implements StreamStore {
    @Override
    public Future<Boolean> add(EventStream stream, Position begin) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<List<String>> ids() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Optional<Stored>> find(String id) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Boolean> mayLack(Position position) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> change(String id, Settings settings) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> change(String id, Condition condition) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> remove(String id) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> keep(String id) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> abandon(String id, Duration unknown) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> replace(String id, Endpoint read, Endpoint next) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Noted> note(String id, Notice notice, Duration interval) {
        return Future.succeededFuture(Noted.UNKNOWN_STREAM);
    }

    @Override
    public Future<Void> settle(String id, Settled settled) {
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> pause(Stored read, Condition paused, Notice notice) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> passGap(Stored read, Stamp upTo, Notice notice) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> resume(String id, Condition enabled, Instant reached, Optional<Notice> notice) {
        return Future.succeededFuture(false);
    }

    @Override
    public Future<Boolean> lease(String id, String owner, Duration time) {
        return Future.succeededFuture(false);
    }
}
