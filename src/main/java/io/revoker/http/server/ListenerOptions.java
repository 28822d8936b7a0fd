package io.revoker.http.server;

import io.revoker.config.HttpConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What the listeners for requests of clients and for calls by gRPC have in common: the bounds of {@code http}, and TLS.
 */
record ListenerOptions(HttpConfig http) {
    /**
     * New ones, in clear text.
     *
     * @param streams how many a connection of HTTP/2 may have at a time
     */
    HttpServerOptions inClearText(long streams) {
        return new HttpServerOptions()
                .setAcceptBacklog(http.backlog())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) http.idleTimeout().toMillis())
                .setMaxHeaderSize(http.maxHeaderSize().toInt())
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(streams)
                        .setMaxHeaderListSize(http.maxHeaderSize().toInt()))
                // With either of them Netty closes a connection that pipelines more than 128 requests, and logs a
                // stack trace for each.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    }

    /** Makes them speak TLS with this certificate. */
    HttpServerOptions secure(HttpServerOptions options, PemKeyCertOptions own) {
        options.setSslHandshakeTimeout(http.headerTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        return options.setSsl(true).setUseAlpn(true).setKeyCertOptions(own);
    }
}
