package io.revoker.config;

/** An IPv6 address stands in brackets where a port follows (RFC 3986, section 3.2.2), and may stand in them where none does. */
public final class Ipv6 {
    private Ipv6() {}

    /** The host as sockets take it. */
    static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** The host as a URL has it. */
    public static String inUrl(String host) {
        return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }
}
