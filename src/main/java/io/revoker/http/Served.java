package io.revoker.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/**
 * What a listener serves.
 *
 * @param hosts for which, but for the direct routes: a gateway on this host passes on what its own clients ask for
 * @param mayRevoke whether the caller of a request may revoke something
 * @param direct looked at first
 * @param routed in the order in which they are tried
 */
public record Served(
        HostRule hosts,
        Function<RoutingContext, Future<Boolean>> mayRevoke,
        List<DirectRoute> direct,
        List<Routes> routed) {}
