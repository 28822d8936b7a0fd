package io.revoker.http.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.revoker.bus.Check;
import io.revoker.bus.Register;
import io.revoker.bus.Revoke;
import io.revoker.bus.RevokerBus;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Callers;
import io.revoker.caller.Credentials;
import io.revoker.domain.Credential;
import io.revoker.domain.Grant;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Signature;
import io.revoker.domain.Target;
import io.revoker.domain.Token;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.domain.store.Registration;
import io.revoker.http.request.ConcurrencyLimit;
import io.vertx.core.Future;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The sessions of the console. Each is a token of the realm {@value #REALM}, whose user is the client: so every
 * instance knows it, what is stored of it reveals nothing, and it dies as every other token does, by itself, with its
 * user or with its realm. No text that a gateway could be sent has its id.
 *
 * <p>Others may register tokens in any realm. So a session also has a proof that only this service can compute: from
 * the secret of the session, and from the line of the client in the client file. It ends when that line changes.
 */
final class Sessions {
    static final String REALM = "revoker-console";
    private static final int SECRET_BYTES = 32;
    private static final int MOST_LOOK_UPS = 256;
    private static final int ID_BYTES = 16;
    private static final String HMAC = "HmacSHA256";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final RevokerBus bus;
    private final Callers callers;
    private final InstantSource time;
    private final Duration lifetime;
    private final LongAdder checks;
    private final ConcurrencyLimit lookUps = new ConcurrencyLimit(MOST_LOOK_UPS, "sessions", "looked up");
    private final SecureRandom random = new SecureRandom();

    Sessions(ConsoleParts parts) {
        this.bus = parts.bus();
        this.callers = parts.callers();
        this.time = parts.time();
        this.lifetime = parts.lifetime();
        this.checks = parts.sessionChecks();
    }

    /** A session that has begun; its lifetime is for clocks that differ from that of the store. */
    record Begun(String secret, Instant until, Duration lifetime) {}

    /** A caller with a session, or without one where none is needed. */
    record Known(Caller caller, Optional<Instant> until) {}

    /** Empty if the caller needs none, because every caller is the same. */
    Future<Optional<Begun>> begin(Caller caller) {
        return callers.secretMark(caller.id())
                .map(mark -> begin(caller, mark).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Begun> begin(Caller caller, String mark) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = BASE64.encodeToString(bytes);
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant until = now.plus(lifetime);
        Grant grant = new Grant(
                new UserInRealm(new RealmId(REALM), new UserName(caller.id())),
                Optional.of(new Grant.Granted(id(secret), until)),
                Optional.empty(),
                new Grant.Facts("", "", proof(secret, mark), now, Credential.UNKNOWN));
        return bus.register(new Register(grant, Optional.of(caller.origin())))
                .compose(done -> done.outcome() == Registration.Outcome.CREATED
                        ? Future.succeededFuture(new Begun(secret, until, lifetime))
                        : Future.failedFuture(Problem.unavailable("session: not registered (expected: a retry)")));
    }

    /** Who has the session of that secret; empty if it has ended. */
    Future<Optional<Known>> find(Optional<String> secret) {
        Future<Optional<Known>> own =
                secret.map(this::ofSession).orElseGet(() -> Future.succeededFuture(Optional.empty()));
        return own.compose(known -> known.isPresent() ? Future.succeededFuture(known) : ofAnybody());
    }

    private Future<Optional<Known>> ofAnybody() {
        return callers.authenticate(new Credentials.None())
                .map(known -> known instanceof Authentication.Authenticated anybody
                        ? Optional.of(new Known(anybody.caller(), Optional.empty()))
                        : Optional.empty());
    }

    private Future<Optional<Known>> ofSession(String secret) {
        checks.increment();
        Check check = new Check(id(secret), Signature.ABSENT, RealmScope.ALL, Check.Kinds.ACCESS);
        return lookUps.run(() -> bus.check(check))
                .map(verdict -> verdict.token().flatMap(token -> known(token, secret)));
    }

    private Optional<Known> known(Token token, String secret) {
        String id = token.holder().user().value();
        return callers.secretMark(id)
                .filter(mark -> MessageDigest.isEqual(
                        proof(secret, mark).getBytes(UTF_8),
                        token.facts().session().getBytes(UTF_8)))
                .flatMap(mark -> callers.named(id))
                .map(caller -> new Known(caller, Optional.of(token.expiresAt())));
    }

    /** @param caller whose session it is */
    Future<Void> end(String secret, Caller caller) {
        Target session = new Target.OneToken(TokenKind.ACCESS, id(secret));
        return bus.revoke(new Revoke(session, RealmScope.ALL, Revoke.Until.SWEPT, Optional.of(caller.id()))
                        .from(caller.origin()))
                .mapEmpty();
    }

    /** It is the hash of no text that is known, so no check, in whatever format, finds it by what it was sent. */
    private static TokenId id(String secret) {
        return new TokenId(BASE64.encodeToString(Arrays.copyOf(mac(secret, "\0id"), ID_BYTES)));
    }

    private static String proof(String secret, String mark) {
        return BASE64.encodeToString(mac(secret, mark));
    }

    private static byte[] mac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), HMAC));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: absent (expected: in every Java runtime)", e);
        }
    }
}
