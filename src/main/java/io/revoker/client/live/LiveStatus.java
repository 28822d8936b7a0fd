package io.revoker.client.live;

/**
 * How it stands with the connections.
 *
 * @param open those that are watched; some may have ended within the last second
 * @param unsure those of them that the service is asked about, now or again and again, because the view can't tell,
 *     or has heard of nothing for half a bound
 * @param ended those that were ended, since the start
 * @param refused those that there was no room for, since the start
 */
public record LiveStatus(int open, int unsure, long ended, long refused) {}
