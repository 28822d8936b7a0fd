package io.revoker.redis.link;

import io.revoker.redis.link.ClusterMap.SlotRange;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
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

/** The primaries of a Cluster, a link to each, and the slots of each; used by one event loop only. */
final class Primaries {
    /** Numbers up to this hit every slot. */
    private static final int TAGS = 16 * Slot.COUNT;

    private final Function<Address, ServerLink> maker;
    private final Consumer<ServerLink> leaver;
    private final Map<Address, Node> nodes = new HashMap<>();
    private final @Nullable Node[] bySlot = new @Nullable Node[Slot.COUNT];
    private Optional<Set<Node>> serving = Optional.empty();
    private boolean doubted;
    private long moves;

    /**
     * @param maker creates a link that is not open yet
     * @param leaver receives the link to a node that has no slots any longer
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
        /** Waits for the first attempt to connect, if it has not ended yet. */
        Future<Void> reached() {
            return link.isConnected() ? Future.succeededFuture() : opened;
        }
    }

    /** The node that serves a slot; empty if none is known to. */
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
     * A hash tag that maps to a slot of the node.
     *
     * @param place index among such tags
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

    /**
     * Whether the newest map is not in doubt, every slot has a node, and every node can be reached, those without
     * slots too.
     */
    boolean areKnown() {
        return !doubted
                && !Arrays.asList(bySlot).contains(null)
                && nodes.values().stream().allMatch(node -> node.link().isConnected());
    }

    /** A redirection has shown where one slot has moved to. */
    void moved(int slot, Address to) {
        bySlot[slot] = at(to);
        serving = Optional.empty();
        doubted = true;
        moves++;
    }

    /** A key was found on the node that its slot is migrating to, not on the node that the map names. */
    void strayed() {
        moves++;
    }

    /** Grows whenever a key may be on another node than before. */
    long moves() {
        return moves;
    }

    /** A reply contradicts the newest map. */
    void doubt() {
        doubted = true;
    }

    /**
     * Switches to a new map as soon as each of its nodes is connected, or has failed to connect. Fails if none of them
     * is connected.
     */
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
