package io.revoker.revocation.streams;

import io.revoker.bus.Addresses;
import io.revoker.bus.BusEndpoint;
import io.revoker.domain.store.RevocationLog;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamRequests.Attend;
import io.revoker.domain.streams.StreamRequests.Attended;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Change;
import io.revoker.domain.streams.StreamRequests.Create;
import io.revoker.domain.streams.StreamRequests.Find;
import io.revoker.domain.streams.StreamRequests.Found;
import io.revoker.domain.streams.StreamRequests.Lease;
import io.revoker.domain.streams.StreamRequests.Leased;
import io.revoker.domain.streams.StreamRequests.Note;
import io.revoker.domain.streams.StreamRequests.Noted;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.domain.streams.StreamRequests.Remove;
import io.revoker.domain.streams.StreamRequests.Replace;
import io.revoker.domain.streams.StreamRequests.Replaced;
import io.revoker.domain.streams.StreamStore;
import io.revoker.domain.streams.StreamStore.Position;
import io.revoker.domain.streams.StreamStore.Stored;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Serves what can be asked of the streams. A stream of another caller is unknown. */
public final class StreamWork {
    private final StreamStore store;
    private final RevocationLog log;
    private final InstantSource time;
    private final LostEvents lost;
    private final StreamReader reader;

    public StreamWork(StreamStore store, RevocationLog log, InstantSource time) {
        this.store = store;
        this.log = log;
        this.time = time;
        this.lost = new LostEvents(store, time);
        this.reader = new StreamReader(store, log, lost, time);
    }

    /** Adds its addresses. */
    public BusEndpoint serve(BusEndpoint endpoint) {
        return endpoint.<Create, Found>serve(Addresses.CREATE_STREAM, this::create)
                .<Find, Found>serve(Addresses.FIND_STREAMS, this::find)
                .<Change, Found>serve(Addresses.CHANGE_STREAM, this::change)
                .<Replace, Replaced>serve(
                        Addresses.REPLACE_ENDPOINT,
                        request -> store.replace(request.id(), request.read(), request.next())
                                .map(Replaced::new))
                .<Remove, Found>serve(Addresses.REMOVE_STREAM, this::remove)
                .<Note, Noted>serve(Addresses.NOTE_IN_STREAM, this::note)
                .<Read, Batch>serve(Addresses.READ_STREAM, reader::read)
                .<Lease, Leased>serve(
                        Addresses.LEASE_STREAM,
                        lease -> store.lease(lease.id(), lease.owner(), lease.time())
                                .map(Leased::new))
                .<Attend, Attended>serve(Addresses.ATTEND_STREAM, this::attend);
    }

    private Future<Attended> attend(Attend request) {
        return request.unknown()
                .map(longest -> store.abandon(request.id(), longest))
                .orElseGet(() -> store.keep(request.id()).map(false))
                .map(Attended::new);
    }

    /** It begins with the next revocation. */
    private Future<Found> create(Create request) {
        return log.newest()
                .compose(newest -> store.add(request.stream(), new Position(newest, time.instant())))
                .map(added -> new Found(added ? List.of(request.stream()) : List.of()));
    }

    private Future<Found> find(Find request) {
        Future<List<String>> ids =
                request.id().map(id -> Future.succeededFuture(List.of(id))).orElseGet(store::ids);
        return ids.compose(all -> Future.all(all.stream().map(store::find).toList()))
                .map(all -> all.<Optional<Stored>>list().stream()
                        .flatMap(Optional::stream)
                        .filter(stored -> request.caller()
                                .map(stored.stream().caller()::equals)
                                .orElse(true))
                        .toList())
                .compose(this::looked)
                .map(Found::new);
    }

    /** So that a stream whose events are lost says so, even if nothing is read from it. */
    private Future<List<EventStream>> looked(List<Stored> found) {
        return Future.all(found.stream().map(lost::look).toList())
                .map(all -> all.<Stored>list().stream().map(Stored::stream).toList());
    }

    private Future<Found> change(Change request) {
        return own(request.caller(), request.id())
                .compose(found -> found.map(stored -> change(stored, request))
                        .orElseGet(() -> Future.succeededFuture(new Found(List.of()))));
    }

    private Future<Found> change(Stored stored, Change request) {
        Future<Boolean> settings = request.settings()
                .map(changed -> store.change(request.id(), changed))
                .orElseGet(() -> Future.succeededFuture(true));
        return settings.compose(done -> request.condition()
                        .map(changed -> settle(stored, changed).compose(next -> lost.enter(stored, next)))
                        .orElseGet(() -> Future.succeededFuture(true)))
                .compose(done -> find(new Find(Optional.of(request.caller()), Optional.of(request.id()))));
    }

    /** Events that came while it was disabled are not delivered later. */
    private Future<EventStream.Condition> settle(Stored stored, EventStream.Condition next) {
        boolean skips = stored.stream().condition().status() == EventStream.Status.DISABLED
                && next.status() != EventStream.Status.DISABLED;
        return skips
                ? log.newest()
                        .compose(newest -> store.settle(
                                stored.stream().id(), Reading.passed(new Position(newest, time.instant()))))
                        .map(next)
                : Future.succeededFuture(next);
    }

    private Future<Found> remove(Remove request) {
        return own(request.caller(), request.id())
                .compose(found -> found.map(stored ->
                                store.remove(request.id()).map(removed -> new Found(List.of(stored.stream()))))
                        .orElseGet(() -> Future.succeededFuture(new Found(List.of()))));
    }

    private Future<Noted> note(Note request) {
        return own(request.caller(), request.id())
                .compose(found -> found.map(stored -> store.note(request.id(), request.notice(), request.interval()))
                        .orElseGet(() -> Future.succeededFuture(StreamStore.Noted.UNKNOWN_STREAM)))
                .map(Noted::new);
    }

    private Future<Optional<Stored>> own(String caller, String id) {
        return store.find(id)
                .map(found -> found.filter(stored -> stored.stream().caller().equals(caller)));
    }

    private Future<Optional<Stored>> own(Optional<String> caller, String id) {
        return caller.map(one -> own(one, id)).orElseGet(() -> store.find(id));
    }
}
