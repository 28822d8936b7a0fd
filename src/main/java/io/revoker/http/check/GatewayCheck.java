package io.revoker.http.check;

import io.revoker.bus.Check;
import io.revoker.caller.Authentication;
import io.revoker.caller.Caller;
import io.revoker.caller.Privilege;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Token;
import io.revoker.domain.TokenType;
import io.revoker.domain.Verdict;
import io.revoker.http.Gate;
import io.revoker.http.single.MinStamp;
import io.revoker.http.single.Steps;
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
    private static final Future<Authentication> ANYONE =
            Future.succeededFuture(new Authentication.Authenticated(Caller.ANONYMOUS));

    private final TokenChecks checks;
    private final Gate gate;
    private final CheckRules rules;
    private final InstantSource time;
    private final MinStamp minStamp;

    public GatewayCheck(TokenChecks checks, Gate gate, CheckRules rules, InstantSource time, MinStamp minStamp) {
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
        Future<CheckAnswer> answer = Steps.then(gateway(sent), gateway -> admit(gateway, enter, sent, shown));
        return answer.succeeded() ? answer : answer.otherwise(GatewayCheck::undecided);
    }

    private Future<Authentication> gateway(MultiMap sent) {
        return !sent.contains(GATEWAY) && rules.withoutCredentials() ? ANYONE : gate.authenticate(sent, GATEWAY);
    }

    private Future<CheckAnswer> admit(
            Authentication gateway,
            BooleanSupplier enter,
            MultiMap sent,
            Supplier<Future<Optional<PresentedToken>>> shown) {
        if (!(gateway instanceof Authentication.Authenticated known)) {
            return Future.succeededFuture(CheckAnswer.FORBIDDEN);
        }
        if (!enter.getAsBoolean()) {
            return Future.succeededFuture(CheckAnswer.UNDECIDED);
        }
        if (!gate.lets(known.caller(), Privilege.CHECK)) {
            return Future.succeededFuture(CheckAnswer.FORBIDDEN);
        }
        Future<Optional<PresentedToken>> token =
                MinStamp.isIn(sent) ? shown.get().compose(one -> awaited(sent).map(one)) : shown.get();
        return Steps.then(token, one -> check(one, known.caller().realms()));
    }

    /** Only once the gateway is known. */
    private Future<Void> awaited(MultiMap sent) {
        return minStamp.await(sent)
                .recover(failure -> Future.failedFuture(
                        failure instanceof Problem problem && problem.kind() == Problem.Kind.INVALID
                                ? new HttpException(FORBIDDEN)
                                : failure));
    }

    private Future<CheckAnswer> check(Optional<PresentedToken> shown, RealmScope scope) {
        if (shown.isEmpty()) {
            return Future.succeededFuture(CheckAnswer.NO_TOKEN);
        }
        TokenType scheme = shown.get().scheme();
        return Steps.then(
                checks.check(shown.get().token(), scope, Check.Kinds.ACCESS),
                verdict -> Future.succeededFuture(answer(verdict, scheme)));
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
    private CharSequence cacheControl(Token token) {
        long most = rules.maxAge(token.holder().realm()).toSeconds();
        if (most == 0) {
            return CheckAnswer.NO_STORE;
        }
        long left = Duration.between(time.instant(), token.expiresAt()).toSeconds();
        return left <= 0 ? CheckAnswer.NO_STORE : "private, max-age=" + Math.min(most, left);
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
}
