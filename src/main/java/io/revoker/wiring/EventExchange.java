package io.revoker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.config.Configuration;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.http.RevocationPriority;
import io.revoker.http.events.EventIntake;
import io.revoker.http.events.IgnoredEvents;
import io.revoker.http.events.poll.PollVerticle;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.ssf.push.PushVerticle;
import io.revoker.wiring.routes.RouteParts.Live;
import io.revoker.wiring.routes.Transmitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Creates the verticles that fetch security events of others, and deliver those of this service. */
record EventExchange(
        Configuration configuration,
        Live live,
        NoticeVerifier notices,
        RevocationPriority priority,
        InstantSource clock,
        MeterRegistry registry) {

    /** Absent if no transmitter is polled. */
    Optional<PollVerticle> poll() {
        Duration timeout = configuration.http().requestTimeout();
        return SourceSettings.read(configuration.ssf().source())
                .map(source -> new PollVerticle(
                        source,
                        timeout,
                        bus -> new EventIntake(
                                notices, new NoticedRevocations(bus, priority, clock), new IgnoredEvents(registry))));
    }

    /** Absent if no events are delivered to others. */
    Optional<PushVerticle> push() {
        return Transmitter.of(configuration, live, clock).map(transmitter -> transmitter.push(registry));
    }
}
