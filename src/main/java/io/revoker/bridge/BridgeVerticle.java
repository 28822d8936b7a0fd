package io.revoker.bridge;

import io.revoker.config.BridgeConfig;
import io.revoker.config.FeedConfig;
import io.revoker.config.HttpConfig;
import io.revoker.http.Gate;
import io.revoker.http.InFlightLimit;
import io.revoker.http.feed.EventHub;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The listener. Deployed once per event loop; all instances share one port. */
public final class BridgeVerticle extends VerticleBase {
    /** A free port that all instances share, but not with other listeners. */
    private static final int SHARED_FREE_PORT = -3;

    /** What a client that does not read holds at most in the network. */
    private static final int SEND_BUFFER = 64 * 1024;

    private final Settings settings;
    private final Optional<PemKeyCertOptions> certificate;
    private final Ports ports;
    private NetServer server;
    private BridgeSessions sessions;

    /** The settings that bound it. */
    public record Settings(BridgeConfig bridge, HttpConfig http, FeedConfig feed) {}

    /**
     * What it reaches.
     *
     * @param requests made on the event loop of this verticle
     */
    public record Ports(Gate gate, InFlightLimit inFlight, EventHub hub, Function<Vertx, BridgeRequests> requests) {}

    /**
     * Listens when it is deployed.
     *
     * @param certificate present if it speaks TLS
     */
    @SuppressWarnings("NullAway.Init")
    public BridgeVerticle(Settings settings, Optional<PemKeyCertOptions> certificate, Ports ports) {
        this.settings = settings;
        this.certificate = certificate;
        this.ports = ports;
    }

    @Override
    public Future<?> start() {
        BridgeConfig bridge = settings.bridge();
        Session.Ports shared = new Session.Ports(
                ports.gate(),
                ports.inFlight(),
                ports.requests().apply(vertx),
                bridge.maxFrameSize().toInt());
        sessions = ports.hub()
                .join(read -> new BridgeSessions(context, settings.feed().patience()));
        server = vertx.createNetServer(options()).connectHandler(socket -> serve(socket, shared));
        return server.listen(bridge.port() == 0 ? SHARED_FREE_PORT : bridge.port(), bridge.host())
                .recover(failure -> Future.failedFuture(new IOException(
                        "bridge.port: " + bridge.port() + " on " + bridge.host() + " can't be opened: "
                                + failure.getMessage(),
                        failure)));
    }

    /** A client that does not say who it is has no more time than one that sends no head of a request. */
    private void serve(NetSocket socket, Session.Ports shared) {
        Session session = new Session(socket, shared);
        sessions.add(session);
        long deadline = vertx.setTimer(settings.http().headerTimeout().toMillis(), over -> {
            if (!session.isIdentified()) {
                session.close();
            }
        });
        socket.closeHandler(closed -> {
            vertx.cancelTimer(deadline);
            sessions.remove(session);
        });
        session.begin();
    }

    public int port() {
        return server.actualPort();
    }

    /** Once this is done, every new handshake uses this certificate; existing connections stay. */
    public Future<Boolean> present(PemKeyCertOptions renewed) {
        return server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(renewed));
    }

    /** Stops listening, lets the requests in flight finish within the drain time-out, and closes the connections. */
    @Override
    public Future<?> stop() {
        ports.hub().leave(sessions);
        return server.shutdown(settings.http().drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private NetServerOptions options() {
        HttpConfig http = settings.http();
        NetServerOptions options = new NetServerOptions()
                .setAcceptBacklog(http.backlog())
                .setTcpNoDelay(true)
                .setSendBufferSize(SEND_BUFFER)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) http.idleTimeout().toMillis());
        certificate.ifPresent(own -> options.setSsl(true)
                .setKeyCertOptions(own)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(http.headerTimeout().toMillis()));
        return options;
    }
}
