package io.revoker.redis;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The primaries of a Cluster, a link to each, and which slots are whose; used by one event loop only. */
final class Primaries {
    private final Function<Address, ServerLink> maker;
    private final Consumer<ServerLink> leaver;
    private final Map<Address, Node> nodes = new HashMap<>();
    private final @Nullable Node[] bySlot = new @Nullable Node[Slot.COUNT];
    private boolean moved;

    /**
     * @param maker of a link that is not open
     * @param leaver takes the link to a node that has no slots any longer
     */
    Primaries(Function<Address, ServerLink> maker, Consumer<ServerLink> leaver) {
        this.maker = maker;
        this.leaver = leaver;
    }

    /**
     * A node, and the link to it.
     *
     * @param opened whether the first attempt succeeded
     */
    record Node(Address address, ServerLink link, Future<Void> opened) {
        /** Waits for the first attempt, if need be. */
        Future<Void> reached() {
            return link.isConnected() ? Future.succeededFuture() : opened;
        }
    }

    /** Who serves a slot; empty if nobody is known to. */
    Optional<Node> of(int slot) {
        return Optional.ofNullable(bySlot[slot]);
    }

    /** The node at an address, which need not have any slots yet; connects to it if it is new. */
    Node at(Address address) {
        return nodes.computeIfAbsent(address, this::connect);
    }

    Set<Address> addresses() {
        return Set.copyOf(nodes.keySet());
    }

    Collection<ServerLink> links() {
        return nodes.values().stream().map(Node::link).toList();
    }

    /** Whether no slot is known to have moved since the newest map, and each is served by somebody who can be reached. */
    boolean areKnown() {
        return !moved
                && Arrays.stream(bySlot)
                        .allMatch(node -> node != null && node.link().isConnected());
    }

    /** Of one slot it is known where it has moved to. */
    void moved(int slot, Node to) {
        bySlot[slot] = to;
        moved = true;
    }

    /** Goes by a new map as soon as each of its nodes is connected, or known not to be. Fails if the first attempt on one of them did. */
    Future<Void> adopt(List<SlotRange> map) {
        List<Future<Void>> opened = map.stream()
                .map(SlotRange::primary)
                .distinct()
                .map(primary -> at(primary).reached())
                .toList();
        return Future.join(opened).onComplete(tried -> assign(map)).mapEmpty();
    }

    private Node connect(Address address) {
        ServerLink link = maker.apply(address);
        return new Node(address, link, link.open());
    }

    private void assign(List<SlotRange> map) {
        Set<Address> serving = new HashSet<>();
        moved = false;
        Arrays.fill(bySlot, null);
        for (SlotRange range : map) {
            serving.add(range.primary());
            Arrays.fill(bySlot, range.first(), range.last() + 1, at(range.primary()));
        }
        List<Node> others = nodes.values().stream()
                .filter(node -> !serving.contains(node.address()))
                .toList();
        others.forEach(node -> {
            nodes.remove(node.address());
            leaver.accept(node.link());
        });
    }
}
