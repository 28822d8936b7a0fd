package io.revoker.revocation.unlogged;

import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The revocation of a single token, which may be carried out more than once.
 *
 * @param until nothing is left of the token then
 * @param write invalidates it, and writes the log entry
 * @param isDead whether all that is revoked with it is dead in the store
 */
public record SingleAct(
        Target.Single target, Instant until, Supplier<Future<Report>> write, Supplier<Future<Boolean>> isDead) {}
