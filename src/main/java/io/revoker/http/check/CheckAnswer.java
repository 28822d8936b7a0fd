package io.revoker.http.check;

import io.revoker.domain.Token;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The answer to a gateway about a request, whichever protocol it speaks.
 *
 * @param status 200, 401, 403 or 503, because a gateway understands nothing else; another one if what it has sent can't
 * be read
 * @param identity for the guarded service; empty unless the status is 200
 * @param about for the gateway, and for the client if it is refused
 */
record CheckAnswer(int status, List<Header> identity, List<Header> about) {
    static final CheckAnswer FORBIDDEN = refusal(403);
    static final CheckAnswer NO_TOKEN = challenge(Challenge.NO_TOKEN);
    static final CheckAnswer UNDECIDED = new CheckAnswer(
            503,
            List.of(),
            List.of(Header.NO_STORE, new Header(HttpHeaders.RETRY_AFTER, HttpHeaders.createOptimized("1"))));

    private static final CharSequence SUBJECT = HttpHeaders.createOptimized("X-Auth-Subject");
    private static final CharSequence REALM = HttpHeaders.createOptimized("X-Auth-Realm");
    private static final CharSequence EXPIRY = HttpHeaders.createOptimized("X-Auth-Exp");
    private static final CharSequence CLIENT = HttpHeaders.createOptimized("X-Auth-Client");
    private static final CharSequence SCOPE = HttpHeaders.createOptimized("X-Auth-Scope");

    /** One header of an answer. */
    record Header(CharSequence name, CharSequence value) {
        static final Header NO_STORE = new Header(HttpHeaders.CACHE_CONTROL, HttpHeaders.createOptimized("no-store"));
    }

    /**
     * Facts of the token for the guarded service: always the same headers, never empty. If one were missing, or in
     * some gateways empty, the header of that name that the client itself has sent would be passed on as if it were
     * Revoker's.
     */
    static CheckAnswer allow(Token token, Header cacheControl) {
        return new CheckAnswer(
                200,
                List.of(
                        new Header(SUBJECT, HeaderText.of(token.holder().user().value())),
                        new Header(REALM, HeaderText.of(token.holder().realm().value())),
                        new Header(EXPIRY, Long.toString(token.expiresAt().getEpochSecond())),
                        new Header(CLIENT, HeaderText.of(token.facts().clientId())),
                        new Header(SCOPE, HeaderText.of(token.facts().scope()))),
                List.of(cacheControl));
    }

    static CheckAnswer challenge(CharSequence challenge) {
        return new CheckAnswer(401, List.of(), List.of(new Header(Challenge.HEADER, challenge), Header.NO_STORE));
    }

    static CheckAnswer refusal(int status) {
        return new CheckAnswer(status, List.of(), List.of(Header.NO_STORE));
    }

    /**
     * Text for a header: visible ASCII and blanks as they are, everything else and the percent sign as percent-encoded
     * UTF-8. A recipient drops the blanks around a value, so these are encoded too: {@code " joe"} must not become
     * {@code "joe"}. An empty text becomes {@code -}, and a text that is just {@code -} is encoded.
     */
    static final class HeaderText {
        private static final String NOTHING = "-";

        private HeaderText() {}

        static String of(String text) {
            if (text.isEmpty()) {
                return NOTHING;
            }
            if (text.equals(NOTHING)) {
                return "%2D";
            }
            if (!text.equals(text.strip())) {
                return encode(text);
            }
            for (int i = 0; i < text.length(); i++) {
                if (!isPlain(text.charAt(i))) {
                    return encode(text);
                }
            }
            return text;
        }

        private static String encode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < bytes.length; i++) {
                boolean outer = i == 0 || i == bytes.length - 1;
                if (bytes[i] > 0 && isPlain((char) bytes[i]) && !(outer && bytes[i] == ' ')) {
                    out.append((char) bytes[i]);
                } else {
                    out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
                }
            }
            return out.toString();
        }

        private static boolean isPlain(char c) {
            return c >= ' ' && c < 0x7f && c != '%';
        }
    }
}
