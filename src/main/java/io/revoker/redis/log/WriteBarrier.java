package io.revoker.redis.log;

import io.revoker.domain.Durability;
import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.domain.store.RevocationLog.Writing;
import io.revoker.redis.link.ConfirmingPrimary.Confirmed;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.revoker.redis.link.RedisFailure;
import io.revoker.redis.link.RedisLink;
import io.revoker.redis.log.Confirmations.Answers;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Confirms the durability of what was written over some links.
 *
 * <p>The replicas are counted on another connection than the one that wrote. A fail-over may happen between the two,
 * so that the writes went to the old primary and the question goes to the new one. So each server that was written to
 * must be the one that was asked, with the same history, and no link may have had another server in between.
 */
public final class WriteBarrier {
    private static final String LOG = "{log}";

    private final List<RedisLink> links;
    private final RedisLink confirming;
    private final Confirmations confirmations;
    private final DurabilitySettings demanded;

    /**
     * @param links that are written to
     * @param confirming the link of the confirmations; may be one of {@code links}
     */
    public WriteBarrier(
            List<RedisLink> links, RedisLink confirming, Confirmations confirmations, DurabilitySettings demanded) {
        this.links = links;
        this.confirming = confirming;
        this.confirmations = confirmations;
        this.demanded = demanded;
    }

    /**
     * A server that can't be reached now is not in the set: if it is reached later, that was a new connection, which
     * changes the incarnation.
     */
    Writing begin() {
        Before before = demanded.replicas() == 0 ? Before.NOT_COMPARED : before();
        return new Writing() {
            @Override
            public Future<Durability> confirm() {
                return WriteBarrier.this.confirm(before, Optional.empty());
            }

            @Override
            public Future<Durability> confirm(Set<String> parts) {
                return WriteBarrier.this.confirm(before, Optional.of(parts));
            }
        };
    }

    /** The state of the links, and the servers that could be written to. */
    private record Before(long incarnation, long moves, Set<ServerId> servers) {
        /** If no replica is waited for, it is not looked at. */
        private static final Before NOT_COMPARED = new Before(0, 0, Set.of());
    }

    private Before before() {
        return new Before(
                incarnation(),
                moves(),
                links.stream().flatMap(link -> link.connected().stream()).collect(Collectors.toSet()));
    }

    /** The weakest of all servers. */
    private Fsync fsync() {
        Fsync weakest = links.isEmpty() ? Fsync.UNKNOWN : links.get(0).fsync();
        for (RedisLink link : links) {
            weakest = link.fsync().compareTo(weakest) < 0 ? link.fsync() : weakest;
        }
        return weakest;
    }

    private Future<Durability> confirm(Before before, Optional<Set<String>> parts) {
        Fsync fsync = fsync();
        if (fsync.compareTo(demanded.fsync()) < 0) {
            return Future.failedFuture(Problem.unavailable(
                    "durability: appendfsync " + name(fsync) + " (expected: at least " + name(demanded.fsync()) + ")"));
        }
        if (demanded.replicas() == 0) {
            return Future.succeededFuture(new Durability(fsync, 0));
        }
        return count(before, parts).map(replicas -> new Durability(fsync, replicas));
    }

    /** If a slot has moved in the meantime, the writes may be on any primary: all of them are asked. */
    private Future<Integer> count(Before before, Optional<Set<String>> parts) {
        if (parts.isEmpty() || moves() != before.moves()) {
            return confirmations.await().recover(this::unknown).map(all -> replicas(all, before, before.servers()));
        }
        Set<String> keys = new HashSet<>(parts.get());
        keys.add(LOG);
        Set<ServerId> written =
                links.stream().flatMap(link -> link.servers(keys).stream()).collect(Collectors.toSet());
        Set<String> names =
                links.stream().flatMap(link -> link.names(keys).stream()).collect(Collectors.toSet());
        return confirmations.await(names).recover(this::unknown).map(some -> replicas(some, before, written));
    }

    private int replicas(Answers answers, Before before, Set<ServerId> written) {
        requireTheSameServers(answers, before, written);
        List<Confirmed> counted = answers.confirmed().stream()
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

    private Future<Answers> unknown(Throwable failure) {
        String why = failure instanceof Problem problem
                ? problem.text()
                : RedisFailure.translate(failure).text();
        return Future.failedFuture(Problem.unavailable(
                "durability: replicas not counted (expected: " + demanded.replicas() + "); " + why));
    }

    /**
     * Replicas confirm what their primary has now. If that is a new primary, it may lack what was written to the old
     * one.
     */
    private void requireTheSameServers(Answers answers, Before before, Set<ServerId> written) {
        if (incarnation() != before.incarnation()) {
            throw Problem.unavailable("durability: Redis has been reconnected since the revocation began (expected: one"
                    + " connection from the log entry to the replicas' confirmation; repeat the revocation)");
        }
        Set<ServerId> asked =
                answers.confirmed().stream().map(Confirmed::server).collect(Collectors.toSet());
        if (!asked.containsAll(written)) {
            links.forEach(RedisLink::doubt);
            confirming.doubt();
            throw Problem.unavailable(
                    answers.silent().isEmpty()
                            ? "durability: replicas of another server (expected: of the one that was written to;"
                                    + " repeat the revocation)"
                            : "durability: replicas not counted by "
                                    + answers.silent().get(0) + " (expected: by all that were written to; "
                                    + answers.confirmed().size() + " have answered)");
        }
    }

    private long incarnation() {
        return links.stream().mapToLong(RedisLink::incarnation).sum();
    }

    private long moves() {
        return confirming.moves() + links.stream().mapToLong(RedisLink::moves).sum();
    }

    private static String name(Fsync fsync) {
        return fsync.name().toLowerCase(Locale.ROOT);
    }
}
