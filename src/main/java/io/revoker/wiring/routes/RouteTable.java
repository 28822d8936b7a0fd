package io.revoker.wiring.routes;

import io.revoker.bridge.BridgeRequests;
import io.revoker.bus.AuditBus;
import io.revoker.bus.FollowerBus;
import io.revoker.bus.StreamBus;
import io.revoker.config.Configuration;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.http.Gate;
import io.revoker.http.HostRule;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.audit.AuditRoutes;
import io.revoker.http.check.AuthorizationMethod;
import io.revoker.http.check.BatchCheckRoutes;
import io.revoker.http.check.CheckRoute;
import io.revoker.http.check.CheckRules;
import io.revoker.http.elastic.ElasticRoutes;
import io.revoker.http.events.EventIntake;
import io.revoker.http.events.EventRoutes;
import io.revoker.http.events.IgnoredEvents;
import io.revoker.http.feed.FeedRoutes;
import io.revoker.http.feed.SnapshotRoutes;
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
import io.revoker.http.request.StrangerBodies;
import io.revoker.http.server.GrpcVerticle;
import io.revoker.http.server.RouteSet;
import io.revoker.http.single.UserRevocations;
import io.revoker.http.sweeps.SweepRoutes;
import io.revoker.http.tokens.RevocationRoutes;
import io.revoker.http.tokens.TokenMint;
import io.revoker.http.tokens.TokenRoutes;
import io.revoker.jwt.ClientAssertions;
import io.revoker.wiring.routes.RouteParts.Live;
import io.revoker.wiring.routes.RouteParts.Verifiers;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** Which routes there are. It is asked once for each event loop. */
public final class RouteTable {
    private final RouteParts all;
    private final CheckRules rules;
    private final Pages pages = new Pages();

    public RouteTable(RouteParts all) {
        this.all = all;
        this.rules = new CheckRules(all.live().configuration());
    }

    /** Lets clients in, on any event loop. */
    public Gate gate() {
        return all.gate();
    }

    /** The check that gateways call by gRPC. */
    public GrpcVerticle.Method authorization(Vertx vertx) {
        return new GrpcVerticle.Method(
                AuthorizationMethod.METHOD, new AuthorizationMethod(loop(vertx).gateways(rules), all.inFlight()));
    }

    /** The requests of clients of the bridge, on the event loop that asks. */
    public BridgeRequests bridge(Vertx vertx) {
        LoopParts loop = loop(vertx);
        return new BridgeRequests(
                loop.batches(), loop.documents(), loop.bus(), all.published().followers()::read);
    }

    /** For requests that are not of HTTP, whose time has no limit that could be removed. */
    private LoopParts loop(Vertx vertx) {
        return LoopParts.of(
                all, new RouteContext(vertx, request -> {}, all.inFlight().priority()));
    }

    /** Those of HTTP. */
    public RouteSet routes(RouteContext context) {
        LoopParts loop = LoopParts.of(all, context);
        List<Routes> forPeople = forPeople(loop);
        return new RouteSet(
                hosts(),
                List.of(new CheckRoute(loop.gateways(rules))),
                Stream.of(
                                pages.routes(loop, forPeople),
                                transmitter(loop),
                                all.published().statusLists().routes(context, loop.bus(), loop.gate(), jwts()),
                                ofOtherProducts(loop),
                                oauth(loop),
                                forPeople.stream(),
                                own(loop),
                                reports(loop))
                        .flatMap(group -> group)
                        .toList());
    }

    private HostRule hosts() {
        Configuration configuration = all.configuration();
        return configuration
                .clients()
                .file()
                .map(named -> HostRule.any())
                .orElseGet(() -> HostRule.ofOpen(configuration.http().host()));
    }

    private JwtVerifier jwts() {
        return all.verifiers().jwts();
    }

    private Stream<Routes> transmitter(LoopParts loop) {
        return Transmitter.of(all.configuration(), all.live(), all.clock()).stream()
                .flatMap(transmitter -> transmitter.routes(
                        loop.context(), new StreamBus(loop.bus()), loop.gate(), all.inFlight()::isDraining));
    }

    private Stream<Routes> ofOtherProducts(LoopParts loop) {
        return Stream.of(
                new ElasticRoutes(
                        loop.context(), loop.bus(), jwts(), loop.gate(), all.configuration(), loop.receipts()),
                new TokenReviewRoutes(loop.checks(), loop.gate(), loop.bodies()));
    }

    private Stream<Routes> oauth(LoopParts loop) {
        Configuration configuration = all.configuration();
        Live live = all.live();
        FormClients clients = new FormClients(loop.gate(), loop.bodies(), configuration.oauth());
        return Stream.of(
                new IntrospectionRoutes(
                        loop.checks(),
                        clients,
                        new SignedIntrospection(live.signer(), configuration.oauth(), all.clock()),
                        loop.minStamp(),
                        all.verifiers().notices()::realm),
                new TokenRevocationRoutes(loop.urgent(), clients, configuration.oauth()),
                new MetadataRoutes(
                        configuration,
                        live.signer(),
                        new MetadataRoutes.Methods(
                                live.callers(),
                                ClientAssertions.ALGORITHMS,
                                all.verifiers().notices())),
                new KeyRoutes(live.signer()));
    }

    private Stream<Routes> own(LoopParts loop) {
        return Stream.of(
                new BatchCheckRoutes(loop.batches(), loop.gate(), loop::limits, loop.minStamp()),
                new SnapshotRoutes(
                        loop.context(),
                        loop.bus(),
                        loop.gate(),
                        all.published().snapshots(),
                        all.configuration().feed()),
                new OpenApiRoutes());
    }

    /** What the console calls too. Those by which gateways check, and those of OAuth, are not among them. */
    private List<Routes> forPeople(LoopParts loop) {
        Configuration configuration = all.configuration();
        return List.of(
                new RevocationRoutes(
                        loop.context(), loop.many(), loop.gate(), configuration, all.clock(), loop.documents()),
                new SweepRoutes(loop.bus(), loop.gate()),
                new LockRoutes(loop.bus(), loop.gate()),
                new AuditRoutes(new AuditBus(loop.bus()), loop.gate()),
                new TokenRoutes(
                        loop.context(), loop.bus(), loop.gate(), all.live().configuration(), jwts(), all.clock()),
                new FeedRoutes(
                        loop.context(),
                        loop.bus(),
                        loop.gate(),
                        all.published().followers(),
                        all.inFlight(),
                        new FeedRoutes.Settings(configuration.feed(), configuration.http())),
                new FollowerRoutes(new FollowerBus(loop.bus()), loop.gate(), loop.bodies()));
    }

    /** What others report: logouts, events and leaks. */
    private Stream<Routes> reports(LoopParts loop) {
        Verifiers verifiers = all.verifiers();
        Gate gate = loop.gate();
        return Stream.of(
                new GlobalRevocationRoutes(
                        new UserRevocations(verifiers.notices(), verifiers.jwts(), loop.noticed()),
                        gate,
                        loop.bodies()),
                new BackChannelLogoutRoutes(
                        verifiers.notices(), loop.noticed(), gate, new StrangerBodies(loop.bodies())),
                new EventRoutes(
                        new EventIntake(verifiers.notices(), loop.noticed(), new IgnoredEvents(all.registry())),
                        gate,
                        new StrangerBodies(loop.bodies())),
                new GitHubRoutes(
                        verifiers.gitHub(),
                        loop.urgent(),
                        TokenMint::looksMinted,
                        gate,
                        all.configuration().http()),
                new GitLabRoutes(loop.urgent(), gate, loop.bodies()));
    }
}
