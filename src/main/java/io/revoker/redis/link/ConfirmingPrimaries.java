package io.revoker.redis.link;

import io.revoker.domain.Problem;
import io.revoker.redis.link.ConfirmingPrimary.Confirmed;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.revoker.redis.link.Primaries.Node;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which primaries of a Cluster keys are written to, and how each of them is asked whether its replicas have what was
 * written.
 */
record ConfirmingPrimaries(Primaries primaries) {
    /** Slots that are tried at one primary: one that is moving away sends a key that is not there to another node. */
    private static final int SLOTS_TRIED = 3;

    /** The primaries that serve slots: one without slots has no data. */
    List<ConfirmingPrimary> all() {
        return asked(primaries.serving());
    }

    /** Those with these names, with slots or without: another link may have learned earlier that one has slots. */
    List<ConfirmingPrimary> named(Set<String> names) {
        return asked(primaries.nodes().stream()
                .filter(node -> names.contains(name(node)))
                .toList());
    }

    /** The names of the primaries that these keys are written to. */
    Set<String> names(Set<String> keys) {
        return nodes(keys).map(ConfirmingPrimaries::name).collect(Collectors.toSet());
    }

    /** The servers that these keys are written to. */
    Set<ServerId> servers(Set<String> keys) {
        return nodes(keys).flatMap(node -> node.link().servers().stream()).collect(Collectors.toSet());
    }

    private Stream<Node> nodes(Set<String> keys) {
        return keys.stream()
                .map(Slot::of)
                .flatMap(slot -> primaries.of(slot).stream())
                .distinct();
    }

    private List<ConfirmingPrimary> asked(Collection<Node> nodes) {
        return nodes.stream()
                .map(node -> new ConfirmingPrimary(name(node), count -> confirm(count, node, SLOTS_TRIED)))
                .toList();
    }

    private static String name(Node node) {
        return node.address().toString();
    }

    private Future<Confirmed> confirm(ReplicaCount count, Node node, int left) {
        String tag = primaries.tagOf(node, left);
        return node.link().confirm(count, name(node), tag).recover(failure -> {
            if (failure instanceof Redirection) {
                primaries.doubt();
                return left == 0
                        ? Future.failedFuture(Problem.unavailable("Redis: slots are migrating to another node"))
                        : confirm(count, node, left - 1);
            }
            return Future.failedFuture(failure);
        });
    }
}
