package io.revoker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.revoker.bridge.BridgeRequests;
import io.revoker.bus.FollowerBus;
import io.revoker.bus.NearAnswers;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.StreamBus;
import io.revoker.config.Configuration;
import io.revoker.domain.Report;
import io.revoker.domain.Stamp;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.NoticeVerifier;
import io.revoker.domain.jwt.ReportVerifier;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.InFlightLimit;
import io.revoker.http.RouteContext;
import io.revoker.http.RouteSet;
import io.revoker.http.Routes;
import io.revoker.http.check.AuthorizationMethod;
import io.revoker.http.check.BatchCheckRoutes;
import io.revoker.http.check.BatchChecks;
import io.revoker.http.check.CheckRoute;
import io.revoker.http.check.GatewayCheck;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.events.EventIntake;
import io.revoker.http.events.EventRoutes;
import io.revoker.http.feed.EventHub;
import io.revoker.http.feed.FeedRoutes;
import io.revoker.http.feed.SnapshotRoutes;
import io.revoker.http.feed.Snapshots;
import io.revoker.http.followers.FollowerRoutes;
import io.revoker.http.kubernetes.TokenReviewRoutes;
import io.revoker.http.leaks.GitHubRoutes;
import io.revoker.http.leaks.GitLabRoutes;
import io.revoker.http.locks.LockRoutes;
import io.revoker.http.oauth.BackChannelLogoutRoutes;
import io.revoker.http.oauth.FormClients;
import io.revoker.http.oauth.GlobalRevocationRoutes;
import io.revoker.http.oauth.IntrospectionRoutes;
import io.revoker.http.oauth.KeyRoutes;
import io.revoker.http.oauth.MetadataRoutes;
import io.revoker.http.oauth.SignedIntrospection;
import io.revoker.http.oauth.TokenRevocationRoutes;
import io.revoker.http.openapi.OpenApiRoutes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.request.StrangerBodies;
import io.revoker.http.revocations.RevocationDocuments;
import io.revoker.http.server.GrpcVerticle;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.NoticedRevocations;
import io.revoker.http.single.ReceiptWaits;
import io.revoker.http.single.TokenChecks;
import io.revoker.http.single.TokenRevocations;
import io.revoker.http.single.UserRevocations;
import io.revoker.http.statuslists.StatusListGroup;
import io.revoker.http.sweeps.SweepRoutes;
import io.revoker.http.tokens.RevocationRoutes;
import io.revoker.http.tokens.TokenMint;
import io.revoker.http.tokens.TokenRoutes;
import io.revoker.jwt.ClientAssertions;
import io.revoker.receipts.Receipts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which routes there are, and what each of them is given. It is asked once for each event loop. */
record RouteTable(
        Configuration configuration,
        LiveSettings live,
        Verifiers verifiers,
        InFlightLimit inFlight,
        Publications published,
        Receipts receipts,
        CheckRules checkRules,
        NearAnswers near,
        Predicate<Stamp> hasRead,
        InstantSource clock,
        MeterRegistry registry) {

    /**
     * What verifies what others have signed.
     *
     * @param gitHub absent if no reports of it are accepted
     */
    record Verifiers(JwtVerifier jwts, NoticeVerifier notices, Optional<ReportVerifier> gitHub) {}

    /** What is published of the revocations, on all event loops. */
    record Publications(EventHub followers, Snapshots snapshots, StatusListGroup statusLists) {
        static Publications of(LiveSettings live, EventHub followers, InstantSource clock) {
            Configuration configuration = live.configuration();
            return new Publications(
                    followers,
                    new Snapshots(configuration.log().retention(), clock),
                    new StatusListGroup(configuration, live.signer(), clock));
        }
    }

    /** The check that gateways call by gRPC. */
    GrpcVerticle.Method authorization(Vertx vertx) {
        return new GrpcVerticle.Method(
                AuthorizationMethod.METHOD,
                new AuthorizationMethod(
                        gatewayCheck(vertx, new TokenChecks(bus(vertx), verifiers.jwts()), gate()), inFlight));
    }

    /** The requests of clients of the bridge, on the event loop that asks. */
    BridgeRequests bridge(Vertx vertx) {
        RouteContext context = new RouteContext(vertx, request -> {}, inFlight.priority());
        RevokerBus bus = bus(vertx);
        TokenChecks tokens = new TokenChecks(bus, verifiers.jwts());
        return new BridgeRequests(batches(tokens), documents(context, bus, urgent(context, bus)), bus);
    }

    /** Revocations that do not wait for other work. */
    private TokenRevocations urgent(RouteContext context, RevokerBus bus) {
        return new TokenRevocations(
                asked -> context.priority().take(() -> bus.revoke(asked)),
                verifiers.jwts(),
                configuration.log().retention());
    }

    private RevocationDocuments documents(RouteContext context, RevokerBus bus, TokenRevocations urgent) {
        return new RevocationDocuments(
                context,
                bus,
                urgent,
                gate(),
                BodyReader.usual(configuration.http()),
                clock,
                ReceiptWaits.of(receipts, context, configuration));
    }

    private BatchChecks batches(TokenChecks tokens) {
        return new BatchChecks(
                tokens, inFlight, configuration, () -> live.configuration().check());
    }

    /** Those of HTTP. */
    RouteSet routes(RouteContext context) {
        JwtVerifier jwts = verifiers.jwts();
        NoticeVerifier notices = verifiers.notices();
        RevokerBus bus = bus(context.vertx());
        Function<Revoke, Future<Report>> soon = asked -> context.priority().take(() -> bus.revoke(asked));
        TokenRevocations urgent = urgent(context, bus);
        TokenChecks tokens = new TokenChecks(bus, jwts);
        Gate gate = gate();
        BodyReader bodies = BodyReader.usual(configuration.http());
        NoticedRevocations noticed = new NoticedRevocations(bus, context.priority(), clock);
        FormClients clients = new FormClients(gate, bodies, configuration.oauth());
        return new RouteSet(
                hosts(),
                List.of(new CheckRoute(gatewayCheck(context.vertx(), tokens, gate))),
                Stream.concat(
                                Stream.concat(
                                        transmitter(context, bus, gate),
                                        published.statusLists().routes(context, bus, gate, jwts)),
                                Stream.of(
                                        new ElasticRoutes(
                                                context,
                                                bus,
                                                jwts,
                                                gate,
                                                configuration,
                                                ReceiptWaits.of(receipts, context, configuration)),
                                        new TokenReviewRoutes(tokens, gate, bodies),
                                        new IntrospectionRoutes(
                                                tokens,
                                                clients,
                                                new SignedIntrospection(live.signer(), configuration.oauth(), clock),
                                                new MinStamp(context.vertx(), hasRead)),
                                        new TokenRevocationRoutes(urgent, clients, configuration.oauth()),
                                        new GlobalRevocationRoutes(
                                                new UserRevocations(notices, jwts, soon), gate, bodies),
                                        new BackChannelLogoutRoutes(notices, noticed, gate, new StrangerBodies(bodies)),
                                        new MetadataRoutes(
                                                configuration,
                                                live.signer(),
                                                live.callers(),
                                                ClientAssertions.ALGORITHMS),
                                        new KeyRoutes(live.signer()),
                                        new BatchCheckRoutes(
                                                batches(tokens),
                                                gate,
                                                () -> live.configuration().check(),
                                                new MinStamp(context.vertx(), hasRead)),
                                        new RevocationRoutes(
                                                context,
                                                new TokenRevocations(
                                                        bus::revoke,
                                                        jwts,
                                                        configuration.log().retention()),
                                                gate,
                                                configuration,
                                                clock,
                                                documents(context, bus, urgent)),
                                        new FeedRoutes(
                                                context,
                                                bus,
                                                gate,
                                                published.followers(),
                                                inFlight,
                                                new FeedRoutes.Bounds(configuration.feed(), configuration.http())),
                                        new SnapshotRoutes(
                                                context, bus, gate, published.snapshots(), configuration.feed()),
                                        new FollowerRoutes(new FollowerBus(bus), gate, bodies),
                                        new SweepRoutes(bus, gate),
                                        new EventRoutes(
                                                new EventIntake(notices, noticed), gate, new StrangerBodies(bodies)),
                                        new GitHubRoutes(
                                                verifiers.gitHub(),
                                                urgent,
                                                TokenMint::looksMinted,
                                                gate,
                                                configuration.http()),
                                        new LockRoutes(bus, gate),
                                        new GitLabRoutes(urgent, gate, bodies),
                                        new TokenRoutes(context, bus, gate, live::configuration, jwts, clock),
                                        new OpenApiRoutes()))
                        .toList());
    }

    private Stream<Routes> transmitter(RouteContext context, RevokerBus bus, Gate gate) {
        Transmitter transmitter = new Transmitter(configuration, live.signer(), live.callers(), clock);
        boolean enabled = configuration.ssf().enabled();
        return enabled ? transmitter.routes(context, new StreamBus(bus), gate, inFlight::isDraining) : Stream.empty();
    }

    private HostRule hosts() {
        return configuration
                .clients()
                .file()
                .map(named -> HostRule.any())
                .orElseGet(() -> HostRule.ofOpen(configuration.http().host()));
    }

    private RevokerBus bus(Vertx vertx) {
        Duration timeout = configuration.http().requestTimeout();
        return new RevokerBus(vertx, timeout, timeout.plus(configuration.sweep().patience()), near);
    }

    Gate gate() {
        return new Gate(live.callers(), inFlight, registry);
    }

    private GatewayCheck gatewayCheck(Vertx vertx, TokenChecks tokens, Gate gate) {
        return new GatewayCheck(tokens, gate, checkRules, clock, new MinStamp(vertx, hasRead));
    }
}
