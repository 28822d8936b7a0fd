package io.revoker.http;

import java.util.List;

/**
 * What a listener serves.
 *
 * @param hosts for which, but for the direct routes: a gateway on this host passes on what its own clients ask for
 * @param direct looked at first
 * @param routed in the order in which they are tried
 */
public record Served(HostRule hosts, List<DirectRoute> direct, List<Routes> routed) {}
