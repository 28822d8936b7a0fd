package io.revoker.wiring.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bus.StreamBus;
import io.revoker.config.Configuration;
import io.revoker.config.SsfConfig.PushConfig;
import io.revoker.http.Gate;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.ssf.PollRoutes;
import io.revoker.http.ssf.PushAuthorization;
import io.revoker.http.ssf.PushRules;
import io.revoker.http.ssf.ReceiverRequests;
import io.revoker.http.ssf.SecurityEvents;
import io.revoker.http.ssf.StatusRoutes;
import io.revoker.http.ssf.StreamRoutes;
import io.revoker.http.ssf.TransmitterMetadataRoutes;
import io.revoker.http.ssf.TransmitterSettings;
import io.revoker.http.ssf.VerificationRoutes;
import io.revoker.http.ssf.WaitingPolls;
import io.revoker.http.ssf.push.PushMeters;
import io.revoker.http.ssf.push.PushSettings;
import io.revoker.http.ssf.push.PushVerticle;
import io.revoker.net.HttpTarget;
import io.revoker.wiring.routes.RouteParts.Live;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The parts that deliver events to others. */
public record Transmitter(Configuration configuration, Live live, InstantSource clock) {

    /** Absent if no events are delivered to others. */
    public static Optional<Transmitter> of(Configuration configuration, Live live, InstantSource clock) {
        return configuration.ssf().enabled()
                ? Optional.of(new Transmitter(configuration, live, clock))
                : Optional.empty();
    }

    /** @param ending whether the service ends */
    Stream<Routes> routes(RouteContext context, StreamBus bus, Gate gate, BooleanSupplier ending) {
        TransmitterSettings settings = settings();
        ReceiverRequests requests = new ReceiverRequests(gate, BodyReader.usual(configuration.http()), live.callers());
        return Stream.of(
                new TransmitterMetadataRoutes(settings),
                new StreamRoutes(bus, requests, settings),
                new StatusRoutes(bus, requests),
                new VerificationRoutes(bus, requests, settings),
                new PollRoutes(context, bus, requests, events(), new WaitingPolls(context.vertx(), ending), settings));
    }

    private SecurityEvents events() {
        return new SecurityEvents(live.signer(), issuer(), clock);
    }

    private String issuer() {
        return configuration.oauth().issuer().orElseThrow();
    }

    private TransmitterSettings settings() {
        Duration longest = Collections.min(
                List.of(configuration.ssf().pollTimeout(), configuration.http().longestWait()));
        return new TransmitterSettings(issuer(), longest, configuration.ssf().verificationInterval(), rules());
    }

    private PushRules rules() {
        HttpTarget.Rule targets = configuration.ssf().push().allowPrivateAddresses()
                ? HttpTarget.Rule.ALL_ADDRESSES
                : HttpTarget.Rule.PUBLIC_ADDRESSES;
        return new PushRules(targets, new PushAuthorization(live.encryption()));
    }

    /** Sends to those who want no polls. */
    public PushVerticle push(MeterRegistry registry) {
        PushConfig push = configuration.ssf().push();
        return new PushVerticle(
                new PushSettings(rules(), push.timeout(), push.longestPause(), push.ca(), unknownClient()),
                events(),
                live.callers(),
                new PushMeters(registry, clock),
                configuration.http().requestTimeout());
    }

    /** That a client is known is not noted each time: a tenth more makes up for that. */
    private Duration unknownClient() {
        return configuration.log().retention().multipliedBy(11).dividedBy(10);
    }
}
