package io.revoker.bus;

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
import io.vertx.core.Future;

/** The sending end of the contract for streams of events. Every failure is a {@link io.revoker.domain.Problem}. */
public record StreamBus(RevokerBus bus) {
    public Future<Found> create(Create request) {
        return bus.askNearest(Addresses.CREATE_STREAM, request);
    }

    public Future<Found> find(Find request) {
        return bus.askNearest(Addresses.FIND_STREAMS, request);
    }

    public Future<Found> change(Change request) {
        return bus.askNearest(Addresses.CHANGE_STREAM, request);
    }

    public Future<Replaced> replace(Replace request) {
        return bus.askNearest(Addresses.REPLACE_ENDPOINT, request);
    }

    public Future<Found> remove(Remove request) {
        return bus.askNearest(Addresses.REMOVE_STREAM, request);
    }

    public Future<Noted> note(Note request) {
        return bus.askNearest(Addresses.NOTE_IN_STREAM, request);
    }

    public Future<Batch> read(Read request) {
        return bus.askNearest(Addresses.READ_STREAM, request);
    }

    public Future<Leased> lease(Lease request) {
        return bus.askNearest(Addresses.LEASE_STREAM, request);
    }

    public Future<Attended> attend(Attend request) {
        return bus.askNearest(Addresses.ATTEND_STREAM, request);
    }
}
