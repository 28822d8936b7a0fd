package io.revoker.redis.log;

import io.revoker.domain.Durability;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.redis.link.DurabilitySettings;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.link.ServerId;
import io.revoker.redis.link.Witness.Confirmed;
import io.revoker.redis.log.Confirmations.Told;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes sure of what was written over some links.
 *
 * <p>Replicas are asked about on another connection than what they are to have was written on, and a fail-over can lie between the two, so that the one
 * is to the old primary and the other to the new one. So each of the servers that were written to must be the one that was asked, with the same
 * history, and no link may have had another one in between.
 */
public final class Writings {
    private static final String LOG = "{log}";

    private final List<RedisLink> links;
    private final RedisLink witness;
    private final Confirmations confirmations;
    private final DurabilitySettings demanded;

    /**
     * @param links that are written to
     * @param witness whom the confirmations ask; may be one of them
     */
    public Writings(
            List<RedisLink> links, RedisLink witness, Confirmations confirmations, DurabilitySettings demanded) {
        this.links = links;
        this.witness = witness;
        this.confirmations = confirmations;
        this.demanded = demanded;
    }

    /** A server that can't be reached now is not written to: if it is by then, it was connected to anew. */
    Writing begin() {
        Before before = new Before(
                incarnation(),
                moves(),
                links.stream().flatMap(link -> link.connected().stream()).collect(Collectors.toSet()));
        return new Writing() {
            @Override
            public Future<Durability> confirm() {
                return Writings.this.confirm(before, Optional.empty());
            }

            @Override
            public Future<Durability> confirm(Set<String> parts) {
                return Writings.this.confirm(before, Optional.of(parts));
            }
        };
    }

    /** What the links were like, and who could be written to. */
    private record Before(long incarnation, long moves, Set<ServerId> servers) {}

    private Future<Durability> confirm(Before before, Optional<Set<String>> parts) {
        Fsync fsync = links.stream().map(RedisLink::fsync).min(Fsync::compareTo).orElse(Fsync.UNKNOWN);
        if (fsync.compareTo(demanded.fsync()) < 0) {
            return Future.failedFuture(Problem.unavailable(
                    "durability: appendfsync " + name(fsync) + " (expected: at least " + name(demanded.fsync()) + ")"));
        }
        if (demanded.replicas() == 0) {
            return Future.succeededFuture(new Durability(fsync, 0));
        }
        return count(before, parts).map(replicas -> new Durability(fsync, replicas));
    }

    /** What has moved meanwhile may be on any of them. */
    private Future<Integer> count(Before before, Optional<Set<String>> parts) {
        if (parts.isEmpty() || moves() != before.moves()) {
            return confirmations.await().recover(this::unknown).map(told -> replicas(told, before, before.servers()));
        }
        Set<String> keys = new HashSet<>(parts.get());
        keys.add(LOG);
        Set<ServerId> written =
                links.stream().flatMap(link -> link.servers(keys).stream()).collect(Collectors.toSet());
        Set<String> names =
                links.stream().flatMap(link -> link.names(keys).stream()).collect(Collectors.toSet());
        return confirmations.await(names).recover(this::unknown).map(told -> replicas(told, before, written));
    }

    private int replicas(Told told, Before before, Set<ServerId> written) {
        requireTheSameServers(told, before, written);
        List<Confirmed> counted = told.confirmed().stream()
                .filter(answer -> written.contains(answer.server()))
                .toList();
        int replicas = counted.stream().mapToInt(Confirmed::replicas).min().orElse(0);
        if (replicas < demanded.replicas()) {
            throw tooFew(counted, replicas);
        }
        return replicas;
    }

    private Problem tooFew(List<Confirmed> counted, int replicas) {
        List<String> few = counted.stream()
                .filter(answer -> answer.replicas() < demanded.replicas())
                .map(Confirmed::node)
                .filter(node -> !node.isEmpty())
                .sorted()
                .toList();
        return Problem.unavailable("durability: " + replicas + " replicas"
                + (few.isEmpty() ? "" : " of " + few.get(0)) + " (expected: " + demanded.replicas()
                + (few.isEmpty()
                        ? ""
                        : " of each of the " + counted.size() + " primaries asked, of which "
                                + (counted.size() - few.size()) + " have as many")
                + ")");
    }

    private Future<Told> unknown(Throwable failure) {
        String why = failure instanceof Problem problem
                ? problem.text()
                : RedisFailure.translate(failure).text();
        return Future.failedFuture(Problem.unavailable(
                "durability: replicas not counted (expected: " + demanded.replicas() + "); " + why));
    }

    /** What replicas have confirmed is what their primary has now: a new one may lack what was written before its time. */
    private void requireTheSameServers(Told told, Before before, Set<ServerId> written) {
        if (incarnation() != before.incarnation()) {
            throw Problem.unavailable(
                    "durability: Redis has been connected to anew since the revocation began (expected: one"
                            + " connection from the log entry to the replicas' confirmation; repeat the revocation)");
        }
        Set<ServerId> asked = told.confirmed().stream().map(Confirmed::server).collect(Collectors.toSet());
        if (!asked.containsAll(written)) {
            links.forEach(RedisLink::doubt);
            witness.doubt();
            throw Problem.unavailable(
                    told.silent().isEmpty()
                            ? "durability: replicas of another server (expected: of the one that was written to;"
                                    + " repeat the revocation)"
                            : "durability: replicas not counted by "
                                    + told.silent().get(0) + " (expected: by all that were written to; "
                                    + told.confirmed().size() + " have answered)");
        }
    }

    private long incarnation() {
        return links.stream().mapToLong(RedisLink::incarnation).sum();
    }

    private long moves() {
        return witness.moves() + links.stream().mapToLong(RedisLink::moves).sum();
    }

    private static String name(Fsync fsync) {
        return fsync.name().toLowerCase(Locale.ROOT);
    }
}
