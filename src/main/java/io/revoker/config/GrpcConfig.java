package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Requirements;

/**
 * The listener for gateways that check by gRPC. The bounds of its connections, its time-outs and its TLS are those of
 * {@link HttpConfig}.
 *
 * @param maxMessageSize of a check
 * @param maxStreams calls that one connection may have at a time
 */
public record GrpcConfig(boolean enabled, String host, int port, DataSize maxMessageSize, int maxStreams) {
    public GrpcConfig {
        host = Ipv6.bare(host);
        new Requirements()
                .host("host", host)
                .port("port", port)
                .within("max-message-size", maxMessageSize, DataSize.ofKibibytes(1), DataSize.ofMebibytes(4))
                .within("max-streams", maxStreams, 1, 100_000)
                .check();
    }
}
