package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.redis.link.Primaries.Node;
import io.revoker.redis.link.Witness.Confirmed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links to the primaries of a Redis Cluster; each call goes to the one that serves the slot of its key.
 *
 * <p>The client can do that too, but a batch of it may not cross nodes, fails as a whole where one command meets a slot that has moved, and nothing of it is
 * sent while any of the nodes is down. Here each node has a supervised connection of its own, so that one that fails takes only its slots with it. Who
 * serves what is learned from a node's own words when a slot has moved, and asked for anew soon after, and as long as a primary can't be reached: a
 * replica may have taken its place.
 */
public final class ClusterLink implements RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

    /** A slot that is moving sends a key elsewhere that is not there. */
    private static final int SLOTS_TRIED = 3;

    private static final int LOG_SLOT = Slot.of("{log}");

    private final Vertx vertx;
    private final RedisSettings settings;
    private final ClusterMap map;
    private final Primaries primaries;
    private final long supervision;
    private final List<Runnable> onChange = new ArrayList<>();
    private long incarnation;
    private boolean asking;
    private boolean closed;

    /** To be called on the event loop that will use it. */
    public ClusterLink(Vertx vertx, RedisSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.map = new ClusterMap(vertx, settings);
        this.primaries = new Primaries(this::newLink, this::leave);
        this.supervision = vertx.setPeriodic(settings.heartbeat().toMillis(), timer -> supervise());
    }

    @Override
    public void onChange(Runnable action) {
        onChange.add(action);
    }

    @Override
    public Future<Void> open() {
        return learn().compose(learned -> learnTime());
    }

    @Override
    public Future<Response> send(Call call) {
        return sendUnlessMoving(call).recover(failure -> Future.failedFuture(RedisFailure.translate(failure)));
    }

    @Override
    public Future<Response> sendUnlessMoving(Call call) {
        return new Errand(vertx, primaries, call).run();
    }

    /** Two nodes keep no order, so it waits for the reply; it is not sent if that is a failure. */
    @Override
    public Future<Response> sendAfter(Future<?> earlier, Call call) {
        return earlier.compose(done -> send(call));
    }

    /** A primary without slots has nothing that counts. */
    @Override
    public List<Witness> witnesses() {
        return primaries.serving().stream().map(this::witness).toList();
    }

    /** Another link may have learnt earlier who has a slot. */
    @Override
    public List<Witness> witnesses(Set<String> names) {
        return primaries.nodes().stream()
                .filter(node -> names.contains(name(node)))
                .map(this::witness)
                .toList();
    }

    @Override
    public Set<String> names(Set<String> keys) {
        return nodes(keys).map(ClusterLink::name).collect(Collectors.toSet());
    }

    @Override
    public Set<ServerId> servers(Set<String> keys) {
        return nodes(keys).flatMap(node -> node.link().servers().stream()).collect(Collectors.toSet());
    }

    @Override
    public long moves() {
        return primaries.moves();
    }

    private Stream<Node> nodes(Set<String> keys) {
        return keys.stream()
                .map(Slot::of)
                .flatMap(slot -> primaries.of(slot).stream())
                .distinct();
    }

    private Witness witness(Node node) {
        return new Witness(name(node), count -> confirm(count, node, SLOTS_TRIED));
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
                        ? Future.failedFuture(Problem.unavailable("Redis: slots are on their way to another node"))
                        : confirm(count, node, left - 1);
            }
            return Future.failedFuture(failure);
        });
    }

    @Override
    public Set<ServerId> servers() {
        return primaries.links().stream()
                .flatMap(link -> link.servers().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Set<ServerId> connected() {
        return primaries.links().stream()
                .flatMap(link -> link.connected().stream())
                .collect(Collectors.toSet());
    }

    /** Each of several nodes may lose its newest writes without the others. */
    @Override
    public Optional<String> history() {
        List<String> known = primaries.serving().stream()
                .flatMap(node -> node.link().servers().stream())
                .map(server -> server.run() + '/' + server.history())
                .sorted()
                .toList();
        return known.isEmpty() || known.size() < primaries.serving().size()
                ? Optional.empty()
                : Optional.of(UUID.nameUUIDFromBytes(String.join(" ", known).getBytes(StandardCharsets.US_ASCII))
                        .toString());
    }

    @Override
    public long incarnation() {
        return incarnation;
    }

    @Override
    public void doubt() {
        primaries.doubt();
        primaries.links().forEach(ServerLink::doubt);
    }

    @Override
    public Fsync fsync() {
        return primaries.links().stream()
                .map(ServerLink::fsync)
                .min(Fsync::compareTo)
                .orElse(Fsync.UNKNOWN);
    }

    @Override
    public Set<String> versions() {
        return primaries.links().stream()
                .flatMap(link -> link.versions().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(supervision);
        return Future.join(primaries.links().stream().map(ServerLink::close).toList())
                .mapEmpty();
    }

    /** The clock that stamps revocations is that of the log's primary. */
    private Future<Void> learnTime() {
        return primaries
                .of(LOG_SLOT)
                .map(node ->
                        node.link().tellTime().timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .orElseGet(() -> Future.failedFuture(Problem.unavailable("Redis: the log is served by no node")));
    }

    private void supervise() {
        learnTime()
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis time not read"));
        if (!asking && !primaries.areKnown()) {
            learn().onFailure(failure ->
                    LOG.atDebug().addKeyValue("failure", failure.getMessage()).log("redis cluster map not read"));
        }
    }

    private Future<Void> learn() {
        asking = true;
        return map.read(primaries.addresses())
                .compose(read -> closed ? Future.succeededFuture() : primaries.adopt(read))
                .onComplete(done -> asking = false);
    }

    private ServerLink newLink(Address node) {
        ServerLink link = new ServerLink(vertx, settings.at(node));
        link.onChange(this::changed);
        if (closed) {
            link.close();
        }
        return link;
    }

    private void changed() {
        incarnation++;
        onChange.forEach(Runnable::run);
    }

    /** What is under way there gets its reply first. */
    private void leave(ServerLink link) {
        changed();
        vertx.setTimer(
                settings.callTimeout().toMillis(),
                timer -> link.close()
                        .onFailure(failure -> LOG.atDebug()
                                .addKeyValue("failure", failure.getMessage())
                                .log("redis not closed")));
    }
}
