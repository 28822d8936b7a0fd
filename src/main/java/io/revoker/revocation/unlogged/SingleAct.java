package io.revoker.revocation.unlogged;

import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The revocation of a single token, with the other one of its pair if the target says so. It may be carried out more
 * than once.
 *
 * @param until nothing is left of what it revokes then; {@link Instant#MAX} if that is not known
 * @param write invalidates it, and writes the log entry
 * @param isBegun whether it was invalidated in the store, if only in a part of it
 */
public record SingleAct(
        Target.Single target, Instant until, Supplier<Future<Report>> write, Supplier<Future<Boolean>> isBegun) {}
