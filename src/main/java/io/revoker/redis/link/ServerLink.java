package io.revoker.redis.link;

import io.revoker.domain.Durability.Fsync;
import io.revoker.domain.Problem;
import io.revoker.redis.link.ConfirmingPrimary.Confirmed;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.revoker.redis.link.ConfirmingPrimary.ServerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way to one server: a server alone, or a primary of a Cluster; owned and used by the event loop that opened it.
 *
 * <p>While there is no connection, every command fails at once; {@link SupervisedConnection} opens the next one.
 */
public final class ServerLink implements RedisLink {
    private final SupervisedConnection connection;

    /** Call this on the event loop that will use it. */
    public ServerLink(Vertx vertx, RedisSettings settings) {
        this.connection = new SupervisedConnection(vertx, settings);
    }

    @Override
    public void onChange(Runnable action) {
        connection.onChange(action);
    }

    @Override
    public Future<Void> open() {
        return connection.open();
    }

    @Override
    public boolean hasAllSlots() {
        return true;
    }

    @Override
    public Future<Response> send(Call call) {
        return connection.serving().map(open -> open.send(call)).orElseGet(ServerLink::notConnected);
    }

    /** A single server has all slots. */
    @Override
    public Future<Response> sendUnlessMoving(Call call) {
        return send(call);
    }

    /** Sends a call that a server of a Cluster executes although the slot is still moving to it. */
    Future<Response> sendAsking(Call call) {
        return connection.serving().map(open -> open.sendAsking(call)).orElseGet(ServerLink::notConnected);
    }

    @Override
    public List<ConfirmingPrimary> confirmingPrimaries() {
        return List.of(new ConfirmingPrimary("", count -> confirm(count, "", ReplicaCount.ANY_SLOT)));
    }

    @Override
    public List<ConfirmingPrimary> confirmingPrimaries(Set<String> names) {
        return confirmingPrimaries();
    }

    @Override
    public Set<String> names(Set<String> keys) {
        return Set.of("");
    }

    @Override
    public Set<ServerId> servers(Set<String> keys) {
        return servers();
    }

    /** There is no other server. */
    @Override
    public long moves() {
        return 0;
    }

    /**
     * Asks how many replicas have everything that the server has written before.
     *
     * @param name of the server
     * @param tag of a slot that it has
     */
    Future<Confirmed> confirm(ReplicaCount count, String name, String tag) {
        return connection.serving().map(open -> open.confirm(count, name, tag)).orElseGet(ServerLink::notConnected);
    }

    @Override
    public Set<ServerId> servers() {
        return connection.newest().map(newest -> Set.of(newest.server().id())).orElseGet(Set::of);
    }

    @Override
    public Set<ServerId> connected() {
        return isConnected() ? servers() : Set.of();
    }

    /** Constant: a single server loses its newest writes first, even if another server has taken its place. */
    @Override
    public Optional<String> history() {
        return Optional.of("one");
    }

    @Override
    public long incarnation() {
        return connection.incarnation();
    }

    @Override
    public void doubt() {
        connection.look();
    }

    boolean isConnected() {
        return connection.serving().isPresent();
    }

    @Override
    public Fsync fsync() {
        return connection.newest().map(newest -> newest.server().fsync()).orElse(Fsync.UNKNOWN);
    }

    @Override
    public Set<String> versions() {
        return connection.serving().map(open -> Set.of(open.server().version())).orElseGet(Set::of);
    }

    @Override
    public Set<String> evictions() {
        return connection
                .serving()
                .map(open -> Set.of(open.server().eviction()))
                .orElseGet(Set::of);
    }

    @Override
    public Future<Void> close() {
        return connection.close();
    }

    private static <T> Future<T> notConnected() {
        return Future.failedFuture(Problem.passing("Redis: not connected"));
    }

    /** Adjusts the clock to the time of this server. */
    Future<Void> readTime() {
        return connection.serving().map(ServerConnection::readTime).orElseGet(ServerLink::notConnected);
    }
}
