package io.revoker.http.statuslists;

import io.revoker.bus.RevokerBus;
import io.revoker.bus.StatusListBus;
import io.revoker.config.Configuration;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.statuslists.StatusListUris;
import io.revoker.http.Gate;
import io.revoker.http.RouteContext;
import io.revoker.http.Routes;
import io.revoker.http.request.BodyReader;
import io.revoker.http.single.StatusSettings;
import io.revoker.http.statuslists.StatusListRoutes.Readers;
import io.revoker.signing.Signer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The routes of the status lists, for all event loops of an instance. There are none unless they are enabled. */
public final class StatusListGroup {
    private final Configuration configuration;
    private final StatusSettings settings;
    private final InstantSource time;
    private final Optional<StatusLists> lists;

    public StatusListGroup(Configuration configuration, Signer signer, InstantSource time) {
        this.configuration = configuration;
        this.settings = StatusSettings.of(configuration);
        this.time = time;
        this.lists = settings.uris()
                .map(uris -> new StatusLists(
                        new ListTokens(
                                signer,
                                uris,
                                configuration.oauth().issuer().orElse(""),
                                configuration.statusList().ttl()),
                        configuration.statusList().interval(),
                        time));
    }

    /** Those of one event loop; to be called there. */
    public Stream<Routes> routes(RouteContext context, RevokerBus bus, Gate gate, JwtVerifier jwts) {
        return lists.stream().flatMap(all -> routes(context, bus, gate, jwts, all));
    }

    private Stream<Routes> routes(RouteContext context, RevokerBus bus, Gate gate, JwtVerifier jwts, StatusLists all) {
        StatusListUris uris = settings.uris().orElseThrow();
        Readers readers = configuration.statusList().withoutCredentials() ? Readers.anyone() : Readers.of(gate);
        return Stream.of(
                new StatusListRoutes(context.vertx(), bus, all, uris, readers, time),
                new AllocationRoutes(
                        new StatusListBus(bus),
                        gate,
                        BodyReader.usual(configuration.http()),
                        new AllocationReader(
                                settings.shape(), configuration.log().retention(), jwts, time),
                        uris));
    }
}
