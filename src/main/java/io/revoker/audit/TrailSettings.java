package io.revoker.audit;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the trail is kept.
 *
 * @param retention how long entries are kept
 * @param mostBytes of all entries
 * @param interval how long equal acts are counted together, and how often the trail is tidied
 * @param longestAct an act that has not ended by then has lost its instance
 * @param signer of the ends of chains, given JSON; absent if nothing is signed
 */
public record TrailSettings(
        Duration retention,
        long mostBytes,
        Duration interval,
        Duration longestAct,
        Optional<Function<byte[], Future<String>>> signer) {}
