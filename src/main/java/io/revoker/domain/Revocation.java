package io.revoker.domain;

/** A revocation that is durable: an entry of the log, and what {@code revoker.revocations} publishes. */
public record Revocation(Stamp stamp, Target target) {}
