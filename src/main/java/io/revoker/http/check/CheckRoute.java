package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Authentication;
import io.revoker.caller.Privilege;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Token;
import io.revoker.domain.TokenType;
import io.revoker.domain.Verdict;
import io.revoker.http.DirectRoute;
import io.revoker.http.Exchange;
import io.revoker.http.Gate;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code ANY /v1/check}, and everything below it: whether the bearer token of a request is an active access token, for gateways that forward the request's head
 * (nginx auth_request, Envoy ext_authz, Traefik ForwardAuth and their like). The body, the query and the rest of the path are the guarded service's
 * affair and are ignored.
 *
 * <p>Answers 200, 401, 403 or 503, because a gateway understands nothing else. The gateway's own credentials come in {@code Revoker-Authorization}; the Authorization header holds
 * the token.
 */
public final class CheckRoute implements DirectRoute {
    private static final String PATH = "/v1/check";
    private static final CharSequence GATEWAY = HttpHeaders.createOptimized("Revoker-Authorization");
    private static final CharSequence SUBJECT = HttpHeaders.createOptimized("X-Auth-Subject");
    private static final CharSequence REALM = HttpHeaders.createOptimized("X-Auth-Realm");
    private static final CharSequence EXPIRY = HttpHeaders.createOptimized("X-Auth-Exp");
    private static final CharSequence CLIENT = HttpHeaders.createOptimized("X-Auth-Client");
    private static final CharSequence SCOPE = HttpHeaders.createOptimized("X-Auth-Scope");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private final RevokerBus bus;
    private final Gate gate;
    private final Supplier<Duration> maxAge;
    private final InstantSource time;

    /** @param maxAge how long a gateway may keep an allowing answer of a token that lives as long; asked for each */
    public CheckRoute(RevokerBus bus, Gate gate, Supplier<Duration> maxAge, InstantSource time) {
        this.bus = bus;
        this.gate = gate;
        this.maxAge = maxAge;
        this.time = time;
    }

    @Override
    public String name() {
        return PATH + "/*";
    }

    /**
     * By the path as it was sent. The router would take "/v1/check/../.." for "/", whose answer is 200: whoever can choose the path behind a
     * gateway's prefix would be let in.
     */
    @Override
    public boolean isFor(String path) {
        return path.startsWith(PATH) && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    @Override
    public void answer(Exchange exchange) {
        gate.authenticate(exchange.request().headers(), GATEWAY)
                .onComplete(
                        authentication -> exchange.attempt(() -> admit(exchange, authentication)),
                        failure -> refuse(exchange));
    }

    @Override
    public void refuse(Exchange exchange) {
        exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        refuse(exchange, 503);
    }

    private void admit(Exchange exchange, Authentication authentication) {
        if (!(authentication instanceof Authentication.Authenticated known)) {
            refuse(exchange, 403);
        } else if (!exchange.enter()) {
            refuse(exchange);
        } else if (!gate.lets(known.caller(), Privilege.CHECK)) {
            refuse(exchange, 403);
        } else {
            check(exchange, known.caller().realms());
        }
    }

    private void check(Exchange exchange, RealmScope scope) {
        Optional<ShownToken> shown = ShownToken.of(exchange.request().headers());
        if (shown.isEmpty()) {
            challenge(exchange, Challenge.NO_TOKEN);
            return;
        }
        TokenType scheme = shown.get().scheme();
        bus.check(new Check(shown.get().token(), scope))
                .onComplete(
                        verdict -> exchange.attempt(() -> answer(exchange, verdict, scheme)),
                        failure -> refuse(exchange));
    }

    private void answer(Exchange exchange, Verdict verdict, TokenType scheme) {
        Optional<CharSequence> challenge = Challenge.to(verdict, scheme);
        if (challenge.isPresent()) {
            challenge(exchange, challenge.get());
        } else {
            allow(exchange, verdict.token().orElseThrow());
        }
    }

    /**
     * What the guarded service may want to know of the token: always the same headers, none of them ever empty. Where one is missing, or in some gateways
     * empty, the header of that name that the client itself has sent would be handed on as if it were ours.
     */
    private void allow(Exchange exchange, Token token) {
        exchange.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, allowed(token))
                .putHeader(SUBJECT, HeaderText.of(token.holder().user().value()))
                .putHeader(REALM, HeaderText.of(token.holder().realm().value()))
                .putHeader(EXPIRY, Long.toString(token.expiresAt().getEpochSecond()))
                .putHeader(CLIENT, HeaderText.of(token.facts().clientId()))
                .putHeader(SCOPE, HeaderText.of(token.facts().scope()));
        exchange.end(200);
    }

    /** An answer that was kept must not outlive its token. */
    private CharSequence allowed(Token token) {
        long most = maxAge.get().toSeconds();
        if (most == 0) {
            return NO_STORE;
        }
        long left = Duration.between(time.instant(), token.expiresAt()).toSeconds();
        return left <= 0 ? NO_STORE : "private, max-age=" + Math.min(most, left);
    }

    private static void challenge(Exchange exchange, CharSequence challenge) {
        exchange.response().putHeader(Challenge.HEADER, challenge);
        refuse(exchange, 401);
    }

    private static void refuse(Exchange exchange, int status) {
        exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        exchange.end(status);
    }

    /**
     * Text for a header: visible ASCII and blanks as they are, everything else and the percent sign as percent-encoded UTF-8. A recipient drops the blanks
     * around a value, so there they are encoded too: {@code " joe"} must not be taken for {@code "joe"}. A header that says nothing is {@code -}, and a text that
     * is just that is encoded.
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
