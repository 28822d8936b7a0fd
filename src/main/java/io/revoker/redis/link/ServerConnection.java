package io.revoker.redis.link;

import io.revoker.redis.link.ConfirmingPrimary.Confirmed;
import io.revoker.redis.link.ConfirmingPrimary.ReplicaCount;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one server: opened, used for a while, and never opened again.
 * {@link SupervisedConnection} opens the next one.
 *
 * <p>An open one is ready for every command: its scripts are loaded, and the server has reported what it is.
 */
final class ServerConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private final RedisConnection connection;
    private final RedisSettings settings;
    private final Pipeline pipeline;
    private ServerInfo server;
    private boolean open = true;

    private ServerConnection(Context context, RedisConnection connection, ServerInfo server, RedisSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.pipeline = new Pipeline(context, connection, settings);
        this.server = server;
    }

    /**
     * Connects, within the connect time-out. An attempt that takes longer, or that reaches a server that accepts no
     * scripts, closes its connection.
     */
    static Future<ServerConnection> open(Context context, Redis client, RedisSettings settings) {
        Future<RedisConnection> attempt = client.connect();
        return attempt.compose(fresh -> Pipeline.loadScripts(fresh)
                        .compose(loaded -> ServerInfo.ask(fresh, settings.servers()))
                        .compose(known -> beat(fresh, known, settings).map(known)))
                .timeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .map(known -> new ServerConnection(context, attempt.result(), known, settings))
                .onFailure(failure -> attempt.onSuccess(unused -> quit(unused, settings)));
    }

    /**
     * Counts it among the connections that are open, until {@link #end}.
     *
     * @param lost called when it has ended
     * @param broken called when writing has failed: its state is unknown then, and its end is not always reported
     */
    void use(Runnable lost, Consumer<Throwable> broken) {
        connection.endHandler(end -> lost.run());
        connection.exceptionHandler(broken::accept);
        settings.meters().connected();
        settings.meters().replicas().see(this, server.replicas());
        server.warnOfEviction();
    }

    boolean isOpen() {
        return open;
    }

    /** What the server reported a few heartbeats ago. */
    ServerInfo server() {
        return server;
    }

    /** Sends a command with the others of this turn; the reply is null for nil. */
    Future<Response> send(Call call) {
        return pipeline.send(call);
    }

    /** Sends a call that a server of a Cluster executes although the slot is still moving to it. */
    Future<Response> sendAsking(Call call) {
        return pipeline.sendAsking(call);
    }

    /** See {@link ServerLink#confirm}. */
    Future<Confirmed> confirm(ReplicaCount count, String name, String tag) {
        Call probe = count.probe(tag);
        return send(probe).compose(written -> {
            Future<Response> replication = send(ServerInfo.askForReplication());
            return send(count.await())
                    .map(replicas -> new Confirmed(
                            name, server.after(replication.result().toString()), replicas.toInteger()));
        });
    }

    private Future<Response> send(Request request) {
        return send(new Call("", request));
    }

    /** Keeps it from being idle, so that silence means trouble. */
    Future<Void> beat() {
        return beat(connection, server, settings);
    }

    /** In a Cluster the time of one server counts, and {@link ClusterLink} knows which. */
    private static Future<Void> beat(RedisConnection connection, ServerInfo server, RedisSettings settings) {
        return switch (settings.servers()) {
            case ONE -> settings.clock().ask(connection, server.id());
            case CLUSTER -> connection.send(Request.cmd(Command.PING)).mapEmpty();
        };
    }

    /** Adjusts the clock to the time of this server. */
    Future<Void> readTime() {
        return settings.clock().ask(connection, server.id());
    }

    /** Asks what the server is now. */
    Future<ServerInfo> look() {
        return ServerInfo.ask(connection, settings.servers());
    }

    /**
     * Takes the answer to {@link #look}.
     *
     * @return whether the server has another history now: a primary that was a replica in between has
     */
    boolean update(ServerInfo known) {
        settings.meters().replicas().see(this, known.replicas());
        boolean hasOtherHistory = !known.id().equals(server.id());
        boolean evictsOtherwise = !known.eviction().equals(server.eviction());
        server = known;
        if (evictsOtherwise) {
            server.warnOfEviction();
        }
        return hasOtherHistory;
    }

    /** Sends nothing more. Commands in flight fail when the socket closes. */
    void end() {
        open = false;
        pipeline.end();
        settings.meters().replicas().forget(this);
        settings.meters().disconnected();
    }

    void quit() {
        quit(connection, settings);
    }

    /** The client would keep the socket of a closed connection, and use it again: so the server closes it. */
    private static void quit(RedisConnection unused, RedisSettings settings) {
        unused.send(Request.cmd(Command.QUIT))
                .timeout(settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .eventually(unused::close)
                .onFailure(failure -> LOG.atDebug()
                        .addKeyValue("failure", failure.getMessage())
                        .log("redis not closed"));
    }
}
