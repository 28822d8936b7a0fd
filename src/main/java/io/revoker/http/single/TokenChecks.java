package io.revoker.http.single;

import io.revoker.bus.Check;
import io.revoker.bus.CheckAll;
import io.revoker.bus.RevokerBus;
import io.revoker.bus.Verdicts;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Verdict;
import io.revoker.domain.jwt.JwtVerifier;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.vertx.core.Future;
import java.util.List;

/** Asks whether tokens are active: first verifies those that are JWTs of a trusted issuer, then asks the event bus. */
public record TokenChecks(RevokerBus bus, JwtVerifier jwts) {

    /** Fails with a {@link io.revoker.domain.Problem}. */
    public Future<Verdict> check(String token, RealmScope scope, Check.Kinds kinds) {
        return Steps.then(
                jwts.verify(token, scope, Purpose.CHECK),
                finding -> bus.check(new Check(token, scope, kinds, finding)));
    }

    /** The same for 1 to {@value CheckAll#MAX} tokens; the answer is in their order. */
    public Future<Verdicts> checkAll(List<String> tokens, RealmScope scope, Check.Kinds kinds) {
        List<Future<Check>> questions =
                tokens.stream().map(token -> question(token, scope, kinds)).toList();
        return Future.all(questions).compose(checks -> bus.checkAll(new CheckAll(checks.list())));
    }

    private Future<Check> question(String token, RealmScope scope, Check.Kinds kinds) {
        return jwts.verify(token, scope, Purpose.CHECK).map(finding -> new Check(token, scope, kinds, finding));
    }
}
