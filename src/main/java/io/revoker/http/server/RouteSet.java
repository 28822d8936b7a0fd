package io.revoker.http.server;

import io.revoker.http.DirectRoute;
import io.revoker.http.HostRule;
import io.revoker.http.Routes;
import java.util.List;

/**
 * The routes of a listener.
 *
 * @param hosts the rule for {@code Host}; direct routes are exempt, because a gateway on this host forwards the host
 * that its clients sent
 * @param direct matched first
 * @param routed in the order in which they are matched
 */
public record RouteSet(HostRule hosts, List<DirectRoute> direct, List<Routes> routed) {}
