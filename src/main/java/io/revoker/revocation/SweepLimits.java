package io.revoker.revocation;

/**
 * How much a sweep does at a time.
 *
 * @param batch holders whose tokens are invalidated in one pipelined batch
 * @param inFlight batches that may be unanswered
 */
public record SweepLimits(int batch, int inFlight) {}
