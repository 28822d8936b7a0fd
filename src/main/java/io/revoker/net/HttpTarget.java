package io.revoker.net;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/** A URL that others have named, of http or https, and what may be connected to. */
public record HttpTarget(URI url) {
    private static final int LONGEST = 2048;
    private static final int LAST_PORT = 65_535;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** Which addresses may be connected to. */
    public enum Rule {
        /**
         * Not loopback, private and link-local ones: a URL from outside must not reach into the network of the service.
         */
        PUBLIC_ADDRESSES,
        ALL_ADDRESSES;

        /** Whether nothing is known against it yet: what a name resolves to is only known when it is connected to. */
        public boolean allows(HttpTarget target) {
            boolean safe = target.isEncrypted() || HostAddresses.isLoopback(target.url.getHost());
            return safe && (this == ALL_ADDRESSES || !HostAddresses.isInside(target.url.getHost()));
        }

        /** The address to connect to; empty if none may be. Blocks while it looks it up. */
        public Optional<InetAddress> resolve(HttpTarget target) throws UnknownHostException {
            return resolve(target, InetAddress::getAllByName);
        }

        /** By another name service. */
        Optional<InetAddress> resolve(HttpTarget target, Names names) throws UnknownHostException {
            return allows(target)
                    ? Stream.of(names.addresses(target.host()))
                            .filter(address -> this == ALL_ADDRESSES || HostAddresses.isPublic(address))
                            .findFirst()
                    : Optional.empty();
        }
    }

    /** The addresses of a host. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Empty if it is no complete URL of http or https, or has a user, a password or a fragment. */
    public static Optional<HttpTarget> parse(String text) {
        try {
            return Optional.of(new HttpTarget(new URI(text)))
                    .filter(target -> text.length() <= LONGEST && target.isComplete());
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** Whether it is of http or https, with a host, and without a user, a password and a fragment. */
    public boolean isComplete() {
        return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                && url.getHost() != null
                && url.getUserInfo() == null
                && url.getFragment() == null
                && url.getPort() <= LAST_PORT;
    }

    public boolean isEncrypted() {
        return "https".equals(url.getScheme());
    }

    /** As the resolver takes it: an IPv6 address without its brackets. */
    public String host() {
        return HostAddresses.bare(url.getHost());
    }

    public int port() {
        int usual = isEncrypted() ? HTTPS : HTTP;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    /** With the query. */
    public String path() {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
