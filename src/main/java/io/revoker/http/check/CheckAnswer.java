package io.revoker.http.check;

import io.revoker.domain.Token;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The answer to a gateway about a request, whichever protocol it speaks.
 *
 * @param status 200, 401, 403 or 503, because a gateway understands nothing else; another one if what it has sent can't
 * be read
 * @param token that is accepted; present if and only if the status is 200
 * @param challenge for a client that is refused with 401
 * @param cacheControl how long the gateway may keep the answer
 */
record CheckAnswer(int status, Optional<Token> token, Optional<CharSequence> challenge, CharSequence cacheControl) {
    private static final int UNAVAILABLE = 503;

    static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    static final CheckAnswer FORBIDDEN = refusal(403);
    static final CheckAnswer UNDECIDED = refusal(UNAVAILABLE);
    static final CheckAnswer NO_TOKEN = challenge(Challenge.NO_TOKEN);

    private static final CharSequence SOON = HttpHeaders.createOptimized("1");
    private static final CharSequence SUBJECT = HttpHeaders.createOptimized("X-Auth-Subject");
    private static final CharSequence REALM = HttpHeaders.createOptimized("X-Auth-Realm");
    private static final CharSequence EXPIRY = HttpHeaders.createOptimized("X-Auth-Exp");
    private static final CharSequence CLIENT = HttpHeaders.createOptimized("X-Auth-Client");
    private static final CharSequence SCOPE = HttpHeaders.createOptimized("X-Auth-Scope");

    static CheckAnswer allow(Token token, CharSequence cacheControl) {
        return new CheckAnswer(200, Optional.of(token), Optional.empty(), cacheControl);
    }

    static CheckAnswer challenge(CharSequence challenge) {
        return new CheckAnswer(401, Optional.empty(), Optional.of(challenge), NO_STORE);
    }

    static CheckAnswer refusal(int status) {
        return new CheckAnswer(status, Optional.empty(), Optional.empty(), NO_STORE);
    }

    /**
     * Passes on the headers for the guarded service, each with its name and its value: facts of the token, if it is
     * accepted. They are always the same headers, never empty. If one were missing, or in some gateways empty, the
     * header of that name that the client itself has sent would be passed on as if it were Revoker's.
     */
    void identity(BiConsumer<CharSequence, CharSequence> header) {
        if (token.isPresent()) {
            Token accepted = token.get();
            header.accept(SUBJECT, HeaderText.of(accepted.holder().user().value()));
            header.accept(REALM, HeaderText.of(accepted.holder().realm().value()));
            header.accept(EXPIRY, Long.toString(accepted.expiresAt().getEpochSecond()));
            header.accept(CLIENT, HeaderText.of(accepted.facts().clientId()));
            header.accept(SCOPE, HeaderText.of(accepted.facts().scope()));
        }
    }

    /** Passes on the headers for the gateway, and for the client if it is refused. */
    void about(BiConsumer<CharSequence, CharSequence> header) {
        challenge.ifPresent(reason -> header.accept(Challenge.HEADER, reason));
        header.accept(HttpHeaders.CACHE_CONTROL, cacheControl);
        if (status == UNAVAILABLE) {
            header.accept(HttpHeaders.RETRY_AFTER, SOON);
        }
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
