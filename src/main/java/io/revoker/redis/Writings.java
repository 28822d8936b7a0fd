package io.revoker.redis;

import io.revoker.domain.Durability;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.domain.RevocationLog.Writing;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes sure of what was written over some links.
 *
 * <p>Replicas are asked about on another connection than what they are to have was written on, and a fail-over can lie between the two, so that the one
 * is to the old primary and the other to the new one. So each of the servers that were written to must be the one that was asked, with the same
 * history, and no link may have had another one in between.
 */
final class Writings {
    private final List<RedisLink> links;
    private final RedisLink witness;
    private final Confirmations confirmations;
    private final DurabilitySettings demanded;

    /**
     * @param links that are written to
     * @param witness whom the confirmations ask; may be one of them
     */
    Writings(List<RedisLink> links, RedisLink witness, Confirmations confirmations, DurabilitySettings demanded) {
        this.links = links;
        this.witness = witness;
        this.confirmations = confirmations;
        this.demanded = demanded;
    }

    /** A server that can't be reached now is not written to: if it is by then, it was connected to anew. */
    Writing begin() {
        Before before = new Before(
                incarnation(),
                links.stream().flatMap(link -> link.connected().stream()).collect(Collectors.toSet()));
        return () -> confirm(before);
    }

    /** What the links were like, and who could be written to. */
    private record Before(long incarnation, Set<ServerId> servers) {}

    private Future<Durability> confirm(Before before) {
        Fsync fsync = links.stream().map(RedisLink::fsync).min(Fsync::compareTo).orElse(Fsync.UNKNOWN);
        if (fsync.compareTo(demanded.fsync()) < 0) {
            return Future.failedFuture(Problem.unavailable(
                    "durability: appendfsync " + name(fsync) + " (expected: at least " + name(demanded.fsync()) + ")"));
        }
        if (demanded.replicas() == 0) {
            return Future.succeededFuture(new Durability(fsync, 0));
        }
        return confirmations
                .await()
                .recover(this::unknown)
                .map(answers -> new Durability(fsync, replicas(answers, before)));
    }

    private int replicas(List<Confirmed> answers, Before before) {
        requireTheSameServers(answers, before);
        int replicas = answers.stream()
                .filter(answer -> before.servers().contains(answer.server()))
                .mapToInt(Confirmed::replicas)
                .min()
                .orElse(0);
        if (replicas < demanded.replicas()) {
            throw Problem.unavailable("durability: " + replicas + " replicas (expected: " + demanded.replicas() + ")");
        }
        return replicas;
    }

    private Future<List<Confirmed>> unknown(Throwable failure) {
        String why = failure instanceof Problem problem
                ? problem.text()
                : RedisFailure.translate(failure).text();
        return Future.failedFuture(Problem.unavailable(
                "durability: replicas not counted (expected: " + demanded.replicas() + "); " + why));
    }

    /** What replicas have confirmed is what their primary has now: a new one may lack what was written before its time. */
    private void requireTheSameServers(List<Confirmed> answers, Before before) {
        if (incarnation() != before.incarnation()) {
            throw Problem.unavailable(
                    "durability: Redis has been connected to anew since the revocation began (expected: one"
                            + " connection from the log entry to the replicas' confirmation; repeat the revocation)");
        }
        Set<ServerId> asked = answers.stream().map(Confirmed::server).collect(Collectors.toSet());
        if (!asked.containsAll(before.servers())) {
            links.forEach(RedisLink::doubt);
            witness.doubt();
            throw Problem.unavailable(
                    "durability: replicas of another server (expected: of the one that was written to;"
                            + " repeat the revocation)");
        }
    }

    private long incarnation() {
        return links.stream().mapToLong(RedisLink::incarnation).sum();
    }

    private static String name(Fsync fsync) {
        return fsync.name().toLowerCase(Locale.ROOT);
    }
}
