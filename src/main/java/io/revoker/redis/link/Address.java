package io.revoker.redis.link;

/**
 * Where a node of a Cluster listens.
 *
 * @param host name or IP address, IPv6 without brackets
 */
record Address(String host, int port) {
    /** Parses an address as Redis and URLs write it: the port is after the last colon. */
    static Address parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        return new Address(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(text.substring(colon + 1)));
    }

    /**
     * The same address, with another host if this one is unknown: nodes report an unknown host as empty, or as a
     * question mark.
     */
    Address or(String other) {
        return host.isEmpty() || host.equals("?") ? new Address(other, port) : this;
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
