package io.revoker.redis.keys;

import java.nio.charset.StandardCharsets;

/**
 * Makes names safe as parts of keys: {@code %}, {@code /}, braces (the Cluster hash tag), blanks and control
 * characters become {@code %XX}. An escaped name contains no slash, so parts can be joined by slashes and separated
 * again.
 */
public final class Escape {
    private static final String SPECIAL = "%/{}\u007f";

    private Escape() {}

    public static String escape(String name) {
        StringBuilder out = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || SPECIAL.indexOf(c) >= 0) {
                out.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    public static String unescape(String escaped) {
        if (escaped.indexOf('%') < 0) {
            return escaped;
        }
        return java.net.URLDecoder.decode(escaped.replace("+", "%2b"), StandardCharsets.UTF_8);
    }
}
