package io.revoker.revocation.streams;

import io.revoker.domain.Revocation;
import io.revoker.domain.Stamp;
import io.revoker.domain.store.RevocationLog.LogPage;
import io.revoker.domain.streams.EndedSessions;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.EventStream.Status;
import io.revoker.domain.streams.Notice;
import io.revoker.domain.streams.StreamEvent;
import io.revoker.domain.streams.StreamRequests.Batch;
import io.revoker.domain.streams.StreamRequests.Read;
import io.revoker.domain.streams.StreamStore.Position;
import io.revoker.domain.streams.StreamStore.Settled;
import io.revoker.domain.streams.StreamStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is found in the log for a stream at one time.
 *
 * @param page of the log behind the position of the stream
 * @param offered the events of the page that are for the receiver
 * @param now the stamps of those of them that were delivered since the last time
 * @param notices the ids of the notices that were
 */
record Reading(Stored stored, LogPage page, List<StreamEvent> offered, Set<Stamp> now, Set<String> notices) {

    static Reading of(Stored stored, LogPage page, Read request) {
        List<StreamEvent> offered = offered(stored.stream(), page, request);
        return new Reading(
                stored,
                page,
                offered,
                offered.stream()
                        .filter(event -> request.settled().contains(event.id()))
                        .map(Reading::stamp)
                        .collect(Collectors.toSet()),
                stored.notices().stream()
                        .map(Notice::id)
                        .filter(request.settled()::contains)
                        .collect(Collectors.toSet()));
    }

    /** Everything up to a position. */
    static Settled passed(Position position) {
        return new Settled(position, Set.of(), Set.of());
    }

    private static List<StreamEvent> offered(EventStream stream, LogPage page, Read request) {
        List<String> types = stream.settings().requested();
        boolean wanted = types.isEmpty() || types.contains(EndedSessions.TYPE);
        return stream.condition().status() == Status.DISABLED || !wanted
                ? List.of()
                : page.revocations().stream()
                        .filter(revocation ->
                                EndedSessions.by(revocation.target()).isPresent())
                        .filter(revocation -> request.scope().covers(revocation.target()))
                        .map(revocation -> StreamEvent.of(stream, revocation))
                        .toList();
    }

    private static Stamp stamp(StreamEvent event) {
        return event.revocation().orElseThrow().stamp();
    }

    private List<StreamEvent> open() {
        return offered.stream()
                .filter(event -> !now.contains(stamp(event)) && !stored.ahead().contains(stamp(event)))
                .toList();
    }

    /** The entry of the log before the first open event. */
    private Stamp done() {
        Stamp before = stored.position().done();
        Optional<Stamp> next = open().stream().findFirst().map(Reading::stamp);
        if (next.isEmpty()) {
            return page.upTo().micros() == Long.MAX_VALUE ? before : page.upTo();
        }
        return page.revocations().stream()
                .map(Revocation::stamp)
                .filter(stamp -> next.get().isAfter(stamp))
                .reduce(before, Stamp::newer);
    }

    /** What has to be written; empty if nothing was delivered. That the time has passed is written now and then. */
    Optional<Settled> settled(Instant time) {
        Stamp done = done();
        Instant reached = isAllDelivered() ? time : stored.position().reached();
        boolean moved = done.isAfter(stored.position().done())
                || !now.isEmpty()
                || !notices.isEmpty()
                || Duration.between(stored.position().reached(), reached).compareTo(LostEvents.FRESH) > 0;
        return moved
                ? Optional.of(new Settled(
                        new Position(done, reached),
                        now.stream().filter(stamp -> stamp.isAfter(done)).collect(Collectors.toSet()),
                        notices))
                : Optional.empty();
    }

    private boolean isAllDelivered() {
        return open().isEmpty() && page.isLast();
    }

    /** The next events, and whether there are others. */
    Batch batch(int most) {
        List<StreamEvent> all = deliverable();
        List<StreamEvent> first = all.stream().limit(most).toList();
        return new Batch(
                Optional.of(stored.stream()), first, first.size() < all.size() || (isEnabled() && !page.isLast()));
    }

    /** A stream that delivers nothing still says why. */
    private List<StreamEvent> deliverable() {
        Stream<StreamEvent> own = stored.notices().stream()
                .filter(notice -> !notices.contains(notice.id()))
                .filter(notice -> isEnabled() || notice.matter().changed().isPresent())
                .map(StreamEvent::of);
        return Stream.concat(own, isEnabled() ? open().stream() : Stream.empty())
                .toList();
    }

    private boolean isEnabled() {
        return stored.stream().condition().status() == Status.ENABLED;
    }
}
