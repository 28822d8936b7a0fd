package io.revoker.wiring.routes;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bus.NearAnswers;
import io.revoker.caller.Callers;
import io.revoker.config.Configuration;
import io.revoker.domain.Stamp;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.ReportVerifier;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.RefusedRequests;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.Snapshots;
import io.revoker.http.statuslists.StatusListGroup;
import io.revoker.receipts.Receipts;
import io.revoker.signing.EncryptionKeys;
import io.revoker.signing.Signer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What the routes of all event loops share.
 *
 * @param configuration as it was at the start
 * @param hasRead whether the view of the marks has come so far
 */
public record RouteParts(
        Configuration configuration,
        Live live,
        Verifiers verifiers,
        InFlightLimit inFlight,
        RefusedRequests refusals,
        Publications published,
        Receipts receipts,
        NearAnswers near,
        Predicate<Stamp> hasRead,
        InstantSource clock,
        MeterRegistry registry) {

    Gate gate() {
        return new Gate(live.callers(), inFlight, registry, refusals);
    }

    /**
     * What may be replaced while the service runs.
     *
     * @param configuration the one in force, asked each time
     * @param encryption the keys in force, asked each time
     */
    public record Live(
            Supplier<Configuration> configuration,
            Signer signer,
            Supplier<EncryptionKeys> encryption,
            Callers callers) {}

    /**
     * What verifies what others have signed.
     *
     * @param gitHub absent if no reports of it are accepted
     */
    public record Verifiers(JwtVerifier jwts, NoticeVerifier notices, Optional<ReportVerifier> gitHub) {}

    /** What is published of the revocations, on all event loops. */
    public record Publications(EventHub followers, Snapshots snapshots, StatusListGroup statusLists) {
        public static Publications of(
                Configuration configuration, Signer signer, EventHub followers, InstantSource clock) {
            return new Publications(
                    followers,
                    new Snapshots(configuration.log().retention(), clock, followers::read),
                    new StatusListGroup(configuration, signer, clock));
        }
    }
}
