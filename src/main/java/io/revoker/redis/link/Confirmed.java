package io.revoker.redis.link;

/**
 * What a primary says of its replicas.
 *
 * @param node its name; empty where there is only one server
 * @param replicas that have all that it had written
 */
public record Confirmed(String node, ServerId server, int replicas) {}
