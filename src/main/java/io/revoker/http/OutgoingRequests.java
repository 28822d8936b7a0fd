package io.revoker.http;

import io.revoker.net.HttpTarget;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What all requests to hosts that others name have in common. They go to an address that was examined, whatever the
 * name resolves to a moment later, and the certificate must be that of the name.
 */
public final class OutgoingRequests {
    private OutgoingRequests() {}

    /**
     * Without time-outs.
     *
     * @param authorities a PEM file of the certificates to trust; empty for those of the JDK
     */
    public static HttpClientOptions options(Optional<Path> authorities) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setVerifyHost(true);
        authorities.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        return options;
    }

    /** A POST that follows no redirection. */
    public static RequestOptions post(HttpTarget target, InetAddress address) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
                .setHost(target.host())
                .setPort(target.port())
                .setSsl(target.isEncrypted())
                .setURI(target.path())
                .setFollowRedirects(false);
    }
}
