package io.revoker.redis.link;

import io.revoker.redis.link.ClusterMap.SlotRange;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The primaries of a Cluster, a link to each, and which slots are whose; used by one event loop only. */
final class Primaries {
    /** Enough numbers to come to every slot. */
    private static final int TAGS = 16 * Slot.COUNT;

    private final Function<Address, ServerLink> maker;
    private final Consumer<ServerLink> leaver;
    private final Map<Address, Node> nodes = new HashMap<>();
    private final @Nullable Node[] bySlot = new @Nullable Node[Slot.COUNT];
    private Optional<Set<Node>> serving = Optional.empty();
    private boolean doubted;
    private long moves;

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

    /** The nodes that have slots. */
    Set<Node> serving() {
        Set<Node> nodes = serving.orElseGet(
                () -> Arrays.stream(bySlot).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet()));
        serving = Optional.of(nodes);
        return nodes;
    }

    /**
     * A hash tag of a slot of a node.
     *
     * @param place tells several such tags apart
     */
    String tagOf(Node node, int place) {
        return IntStream.range(0, TAGS)
                .mapToObj(Integer::toString)
                .filter(tag -> node.equals(bySlot[Slot.of(tag)]))
                .skip(place)
                .findFirst()
                .orElse(ReplicaCount.ANY_SLOT);
    }

    /** The node at an address, which need not have any slots yet; connects to it if it is new. */
    Node at(Address address) {
        return nodes.computeIfAbsent(address, this::connect);
    }

    Set<Address> addresses() {
        return Set.copyOf(nodes.keySet());
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    Collection<ServerLink> links() {
        return nodes.values().stream().map(Node::link).toList();
    }

    /** Whether nobody doubts the newest map, every slot is somebody's, and every node can be reached, those without slots too. */
    boolean areKnown() {
        return !doubted
                && Arrays.stream(bySlot).allMatch(node -> node != null)
                && nodes.values().stream().allMatch(node -> node.link().isConnected());
    }

    /** Of one slot it is known where it has moved to. */
    void moved(int slot, Address to) {
        bySlot[slot] = at(to);
        serving = Optional.empty();
        doubted = true;
        moves++;
    }

    /** A key is where its slot moves to, and not where it is looked for first. */
    void strayed() {
        moves++;
    }

    /** Grows whenever it turns out that a key may be elsewhere than it was. */
    long moves() {
        return moves;
    }

    /** Somebody has said something that does not go with the newest map. */
    void doubt() {
        doubted = true;
    }

    /** Goes by a new map as soon as each of its nodes is connected, or known not to be. Fails if none of them is. */
    Future<Void> adopt(List<SlotRange> map) {
        List<Future<Void>> opened = map.stream()
                .map(SlotRange::primary)
                .distinct()
                .map(primary -> at(primary).reached())
                .toList();
        return Future.join(opened)
                .onComplete(tried -> assign(map))
                .<Void>mapEmpty()
                .recover(failure -> opened.stream().anyMatch(Future::succeeded)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private Node connect(Address address) {
        ServerLink link = maker.apply(address);
        return new Node(address, link, link.open());
    }

    private void assign(List<SlotRange> map) {
        Set<Address> named = new HashSet<>();
        doubted = false;
        serving = Optional.empty();
        @Nullable Node[] before = bySlot.clone();
        Arrays.fill(bySlot, null);
        for (SlotRange range : map) {
            named.add(range.primary());
            Arrays.fill(bySlot, range.first(), range.last() + 1, at(range.primary()));
        }
        moves += Arrays.equals(before, bySlot) ? 0 : 1;
        List<Node> others = nodes.values().stream()
                .filter(node -> !named.contains(node.address()))
                .toList();
        others.forEach(node -> {
            nodes.remove(node.address());
            leaver.accept(node.link());
        });
    }
}
