package io.revoker.http;

import java.util.List;

/**
 * What a listener serves.
 *
 * @param direct looked at first
 * @param routed in the order in which they are tried
 */
public record Served(List<DirectRoute> direct, List<Routes> routed) {}
