package io.revoker.config.values;

/** Brackets of IPv6 addresses: required before a port (RFC 3986, section 3.2.2), optional without one. */
public final class Ipv6 {
    private Ipv6() {}

    /** The host as sockets accept it. */
    public static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** The host as it is written in a URL. */
    public static String inUrl(String host) {
        return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }
}
