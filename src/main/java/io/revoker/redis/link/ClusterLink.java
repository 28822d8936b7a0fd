package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Redis Cluster, over a link to each primary. Each call goes to the primary that serves the slot of its
 * key.
 *
 * <p>The client library has Cluster support too, but its batches may not cross nodes, fail as a whole if one command
 * meets a slot that has moved, and are not sent at all while any node is down. Here each node has a supervised
 * connection of its own, so a node that fails makes only its own slots unavailable. A redirection says at once where
 * one slot has moved to. The whole map is read again soon after a redirection, and as long as a primary can't be
 * reached: a replica may have taken its place.
 */
public final class ClusterLink implements RedisLink {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLink.class);

    private static final int LOG_SLOT = Slot.of("{log}");

    private final Vertx vertx;
    private final RedisSettings settings;
    private final ClusterMap map;
    private final Primaries primaries;
    private final ConfirmingPrimaries confirmingPrimaries;
    private final long supervision;
    private final List<Runnable> onChange = new ArrayList<>();
    private long incarnation;
    private boolean asking;
    private boolean closed;

    /** Call this on the event loop that will use it. */
    public ClusterLink(Vertx vertx, RedisSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.map = new ClusterMap(vertx, settings);
        this.primaries = new Primaries(this::newLink, this::leave);
        this.confirmingPrimaries = new ConfirmingPrimaries(primaries);
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
        return new ClusterCall(vertx, primaries, call).run();
    }

    @Override
    public List<ConfirmingPrimary> confirmingPrimaries() {
        return confirmingPrimaries.all();
    }

    @Override
    public List<ConfirmingPrimary> confirmingPrimaries(Set<String> names) {
        return confirmingPrimaries.named(names);
    }

    @Override
    public Set<String> names(Set<String> keys) {
        return confirmingPrimaries.names(keys);
    }

    @Override
    public Set<ServerId> servers(Set<String> keys) {
        return confirmingPrimaries.servers(keys);
    }

    @Override
    public long moves() {
        return primaries.moves();
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

    /** Each node may lose its newest writes without the others, so every node's history is part of it. */
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
    public Set<String> evictions() {
        return primaries.links().stream()
                .flatMap(link -> link.evictions().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(supervision);
        return Future.join(primaries.links().stream().map(ServerLink::close).toList())
                .mapEmpty();
    }

    /** Adjusts the clock to the primary that serves the log: its clock stamps revocations. */
    private Future<Void> learnTime() {
        return primaries
                .of(LOG_SLOT)
                .map(node ->
                        node.link().readTime().timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .orElseGet(() -> Future.failedFuture(Problem.passing("Redis: the log is served by no node")));
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

    /** Closes the link after the call time-out, so that commands in flight get their replies. */
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
