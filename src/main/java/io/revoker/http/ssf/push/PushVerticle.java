package io.revoker.http.ssf.push;

import io.revoker.bus.Addresses;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.StreamBus;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Privilege;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Revocation;
import io.revoker.domain.streams.EndedSessions;
import io.revoker.domain.streams.EventStream;
import io.revoker.domain.streams.StreamRequests.Find;
import io.revoker.http.ssf.AbandonedStreams;
import io.revoker.http.ssf.SecurityEvents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Looks after the streams that are pushed: once a second, and soon after each revocation. Every instance has one; of
 * one stream only one instance pushes at a time.
 */
public final class PushVerticle extends VerticleBase {
    private static final long LOOK_MILLIS = 1000;
    private static final long SOON_MILLIS = 10;
    private static final long ATTEND_MILLIS = 5000;

    private final PushSettings settings;
    private final SecurityEvents events;
    private final Callers callers;
    private final PushMeters meters;
    private final Duration timeout;
    private final String owner = UUID.randomUUID().toString();
    private final Map<String, StreamPusher> pushers = new HashMap<>();
    private StreamBus bus;
    private PushClient client;
    private KeyRenewal renewal;
    private List<EventStream> streams = List.of();
    private boolean looking;
    private boolean soon;

    /**
     * Deploy it once.
     *
     * @param callers whose streams they are, as they are now
     * @param timeout of requests over the event bus
     */
    @SuppressWarnings("NullAway.Init") // Vert.x calls start before anything else
    public PushVerticle(
            PushSettings settings, SecurityEvents events, Callers callers, PushMeters meters, Duration timeout) {
        this.settings = settings;
        this.events = events;
        this.callers = callers;
        this.meters = meters;
        this.timeout = timeout;
    }

    @Override
    public Future<?> start() {
        bus = new StreamBus(new RevokerBus(vertx, timeout));
        client = new PushClient(vertx, settings);
        renewal = new KeyRenewal(bus, settings.rules().authorization(), System::nanoTime, KeyRenewal.PAUSE);
        vertx.setPeriodic(LOOK_MILLIS, tick -> look());
        AbandonedStreams abandoned = new AbandonedStreams(bus, callers, settings.unknownClient());
        vertx.setPeriodic(ATTEND_MILLIS, tick -> abandoned.attend(streams));
        vertx.eventBus().<Revocation>localConsumer(Addresses.REVOCATIONS, event -> revoked(event.body()));
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        List<Future<Void>> ended =
                pushers.values().stream().map(pusher -> pusher.end()).toList();
        return Future.join(ended).eventually(client::close);
    }

    private void revoked(Revocation revocation) {
        if (!soon && EndedSessions.by(revocation.target()).isPresent()) {
            soon = true;
            vertx.setTimer(SOON_MILLIS, timer -> {
                soon = false;
                look();
            });
        }
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        bus.find(new Find(Optional.empty(), Optional.empty()))
                .onSuccess(found -> take(found.streams()))
                .compose(found -> renewal.look(pushed()))
                .onComplete(over -> looking = false);
    }

    private void take(List<EventStream> found) {
        streams = found;
        meters.streams(found.size());
        List<EventStream> pushed = pushed();
        Set<String> ids = pushed.stream().map(EventStream::id).collect(Collectors.toSet());
        pushers.keySet().retainAll(ids);
        pushed.forEach(stream ->
                pushers.computeIfAbsent(stream.id(), id -> pusher(stream)).go(stream));
        meters.follow(pushers.values().stream()
                .flatMap(pusher -> pusher.pushed().stream())
                .toList());
    }

    private List<EventStream> pushed() {
        return streams.stream()
                .filter(stream -> stream.settings().endpoint().isPresent())
                .toList();
    }

    private StreamPusher pusher(EventStream stream) {
        return new StreamPusher(stream, new Pushing(bus, client, events, settings, meters, owner), this::scope);
    }

    private Optional<RealmScope> scope(EventStream stream) {
        return callers.named(stream.caller())
                .filter(caller -> caller.may(Privilege.FEED))
                .map(Caller::realms);
    }
}
