package io.revoker.config;

import io.revoker.config.values.DataSize;
import io.revoker.config.values.Ipv6;
import io.revoker.config.values.Requirements;

/**
 * The listener for clients that speak the frames of Vert.x's TCP event bus bridge. The bounds of its connections, its
 * time-outs and its TLS are those of {@link HttpConfig}.
 *
 * @param maxFrameSize of what a client sends
 */
public record BridgeConfig(boolean enabled, String host, int port, DataSize maxFrameSize) {
    public BridgeConfig {
        host = Ipv6.bare(host);
        new Requirements()
                .host("host", host)
                .port("port", port)
                .within("max-frame-size", maxFrameSize, DataSize.ofKibibytes(1), DataSize.ofMebibytes(4))
                .check();
    }
}
