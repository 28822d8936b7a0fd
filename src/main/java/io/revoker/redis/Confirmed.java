package io.revoker.redis;

/**
 * What a primary says of its replicas.
 *
 * @param replicas that have all that it had written
 */
record Confirmed(ServerId server, int replicas) {}
