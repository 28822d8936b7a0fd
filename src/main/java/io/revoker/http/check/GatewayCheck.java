package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.caller.Authentication;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Token;
import io.revoker.domain.TokenType;
import io.revoker.domain.Verdict;
import io.revoker.http.Gate;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.TokenChecks;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about a request that a gateway asks about: first who the gateway is, by its own credentials in
 * {@code Revoker-Authorization}, then whether the token of the request is good.
 */
public final class GatewayCheck {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCheck.class);
    /** What gateways take for a refusal, and not for a failure. */
    private static final int FORBIDDEN = 403;

    private static final CharSequence GATEWAY = HttpHeaders.createOptimized("Revoker-Authorization");

    private final TokenChecks checks;
    private final Gate gate;
    private final Rules rules;
    private final InstantSource time;
    private final MinStamp minStamp;

    /** What the settings say; asked for each question. */
    public interface Rules {
        /** Whether a gateway that sends no credentials may ask about tokens of all realms. */
        boolean withoutCredentials();

        /** How long a gateway may cache a positive answer about a token of this realm, if the token lives that long. */
        Duration maxAge(RealmId realm);
    }

    public GatewayCheck(TokenChecks checks, Gate gate, Rules rules, InstantSource time, MinStamp minStamp) {
        this.minStamp = minStamp;
        this.checks = checks;
        this.gate = gate;
        this.rules = rules;
        this.time = time;
    }

    /**
     * Never fails: what can't be decided is 503, and a question that can't be read has the status of its failure.
     *
     * @param sent what the gateway has sent with its question
     * @param enter takes a place among the requests in flight, if there is one; called once, if the gateway is known
     * @param shown the token of the request; called if the gateway may ask
     */
    Future<CheckAnswer> ask(MultiMap sent, BooleanSupplier enter, Supplier<Future<Optional<PresentedToken>>> shown) {
        return MinStamp.isIn(sent)
                ? decide(
                        sent,
                        enter,
                        () -> shown.get().compose(token -> awaited(sent).map(token)))
                : decide(sent, enter, shown);
    }

    /** Only once the gateway is known. */
    private Future<Void> awaited(MultiMap sent) {
        return minStamp.await(sent)
                .recover(failure -> Future.failedFuture(
                        failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID
                                ? new HttpException(FORBIDDEN)
                                : failure));
    }

    private Future<CheckAnswer> decide(
            MultiMap sent, BooleanSupplier enter, Supplier<Future<Optional<PresentedToken>>> shown) {
        Future<CheckAnswer> asked = !sent.contains(GATEWAY) && rules.withoutCredentials()
                ? Future.succeededFuture().compose(anyone -> admit(enter, shown, RealmScope.ALL))
                : gate.authenticate(sent, GATEWAY).compose(gateway -> admit(gateway, enter, shown));
        return asked.otherwise(GatewayCheck::undecided);
    }

    private Future<CheckAnswer> admit(
            BooleanSupplier enter, Supplier<Future<Optional<PresentedToken>>> shown, RealmScope scope) {
        return enter.getAsBoolean() ? check(shown, scope) : Future.succeededFuture(CheckAnswer.UNDECIDED);
    }

    private static CheckAnswer undecided(Throwable failure) {
        if (failure instanceof HttpException unreadable) {
            return CheckAnswer.refusal(unreadable.getStatusCode());
        }
        if (!(failure instanceof Problem)) {
            LOG.error("request failed", failure);
        }
        return CheckAnswer.UNDECIDED;
    }

    private Future<CheckAnswer> admit(
            Authentication gateway, BooleanSupplier enter, Supplier<Future<Optional<PresentedToken>>> shown) {
        if (!(gateway instanceof Authentication.Authenticated known)) {
            return Future.succeededFuture(CheckAnswer.FORBIDDEN);
        }
        if (!enter.getAsBoolean()) {
            return Future.succeededFuture(CheckAnswer.UNDECIDED);
        }
        if (!gate.lets(known.caller(), Privilege.CHECK)) {
            return Future.succeededFuture(CheckAnswer.FORBIDDEN);
        }
        return check(shown, known.caller().realms());
    }

    private Future<CheckAnswer> check(Supplier<Future<Optional<PresentedToken>>> shown, RealmScope scope) {
        return shown.get()
                .compose(token -> token.map(one -> check(one, scope))
                        .orElseGet(() -> Future.succeededFuture(CheckAnswer.NO_TOKEN)));
    }

    private Future<CheckAnswer> check(PresentedToken shown, RealmScope scope) {
        return checks.check(shown.token(), scope, Check.Kinds.ACCESS).map(verdict -> answer(verdict, shown.scheme()));
    }

    private CheckAnswer answer(Verdict verdict, TokenType scheme) {
        return Challenge.ifRefused(verdict, scheme)
                .map(CheckAnswer::challenge)
                .orElseGet(() -> allow(verdict.token().orElseThrow()));
    }

    private CheckAnswer allow(Token token) {
        return CheckAnswer.allow(token, cacheControl(token));
    }

    /** A cached answer must not outlive its token. */
    private CheckAnswer.Header cacheControl(Token token) {
        long most = rules.maxAge(token.holder().realm()).toSeconds();
        if (most == 0) {
            return CheckAnswer.Header.NO_STORE;
        }
        long left = Duration.between(time.instant(), token.expiresAt()).toSeconds();
        return left <= 0
                ? CheckAnswer.Header.NO_STORE
                : new CheckAnswer.Header(HttpHeaders.CACHE_CONTROL, "private, max-age=" + Math.min(most, left));
    }
}
