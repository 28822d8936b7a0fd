package io.revoker.client.view;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The hashes by which the feed names tokens and marks, as the manual's page on the feed has them. */
final class Hashes {
    /** Of the mark of everything. */
    static final long ALL = mark("a");

    private static final String AFTER_BRACE = "wxyz0123456789-_";
    private static final int ID_BYTES = 16;
    private static final long SELECTION = 0x5E10;
    private static final long SELECTION_BITS = 0xFFFF;
    private static final int PROPERTIES = 4;
    private static final long ISSUED_BEFORE = 0x0B40;
    private static final long ISSUED_BEFORE_BITS = 0x1FFF;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Hashes() {}

    /** What the tokens of a selection have in common, in the order of their numbers. */
    enum Property {
        CLIENT(0),
        SESSION(1),
        KIND(2),
        KEY(3);

        private final int number;

        Property(int number) {
            this.number = number;
        }
    }

    /** The part of a token that is hashed: of a JWT what is signed. */
    private static String identifyingPart(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        boolean threeParts = first > 1 && last > first + 1 && token.indexOf('.', first + 1) == last;
        return threeParts && startsJsonObject(token) ? token.substring(0, last) : token;
    }

    static boolean isJwt(String token) {
        return identifyingPart(token).length() < token.length();
    }

    private static boolean startsJsonObject(String base64Url) {
        return base64Url.charAt(0) == 'e' && AFTER_BRACE.indexOf(base64Url.charAt(1)) >= 0;
    }

    /** What tells a token from others: of a JWT, whatever its signature is. */
    static byte[] identity(String token) {
        return sha256(identifyingPart(token));
    }

    /** Of a token that was registered. */
    static long registered(byte[] identity) {
        return first(identity);
    }

    /** Of a JWT that was revoked without being registered. */
    static long jwt(String realm, byte[] identity) {
        return inRealm(realm, id(identity));
    }

    /** Of a JWT that was revoked by its {@code jti}. */
    static long jti(String realm, String jti) {
        return inRealm(realm, id(sha256("\0jti\0" + realm + '\0' + jti)));
    }

    private static long inRealm(String realm, String id) {
        return first(sha256("\0jwt\0" + realm + '\0' + id));
    }

    private static String id(byte[] hash) {
        byte[] bytes = new byte[ID_BYTES];
        System.arraycopy(hash, 0, bytes, 0, ID_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static long ofRealm(String realm) {
        return mark(realmText(realm));
    }

    static long ofUser(String user) {
        return mark("u" + user);
    }

    static long ofHolder(String realm, String user) {
        return mark(holderText(realm, user));
    }

    static long ofSelected(String realm, Property property, String value) {
        return selected(realmText(realm), property, value);
    }

    static long ofSelected(String realm, String user, Property property, String value) {
        return selected(holderText(realm, user), property, value);
    }

    private static String realmText(String realm) {
        return "r" + realm;
    }

    private static String holderText(String realm, String user) {
        return "h" + realm.length() + '/' + realm + user;
    }

    private static long selected(String base, Property property, String value) {
        long bits = mark("s" + property.name() + value.length() + '/' + value + base);
        return (bits & ~SELECTION_BITS) | SELECTION | property.number;
    }

    /** Of those that a mark would mean, those that were issued before an instant. */
    static long issuedBefore(long mark) {
        return ((mark * MIX) & ~ISSUED_BEFORE_BITS) | ISSUED_BEFORE;
    }

    /** The same of the mark of a selection. */
    static long selectedIssuedBefore(long mark) {
        return issuedBefore(mark) | 1;
    }

    /** Whether a mark looks like that of a selection. */
    static boolean isOfSelection(long mark) {
        long end = mark & SELECTION_BITS;
        return end >= SELECTION && end < SELECTION + PROPERTIES;
    }

    /** Whether it looks like one of those that were issued before an instant, of a selection or not. */
    static boolean isOfIssuedBefore(long mark) {
        return ((mark & ISSUED_BEFORE_BITS) | 1) == (ISSUED_BEFORE | 1);
    }

    private static long mark(String text) {
        long bits = first(sha256(text));
        return bits == 0 ? 1 : bits;
    }

    private static long first(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
