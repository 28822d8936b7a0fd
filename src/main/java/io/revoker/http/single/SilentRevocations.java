package io.revoker.http.single;

import io.revoker.bus.Revoke;
import io.revoker.caller.Caller;
import io.revoker.domain.Problem;
import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Revokes tokens for protocols that tell only whether a token may still be active, not what was found.
 *
 * @param ofRefreshTokens whether a refresh token takes the access token of its pair along
 */
public record SilentRevocations(TokenRevocations tokens, RevocationLogLine logLine, Extent ofRefreshTokens) {

    /**
     * Succeeds when the token is not active any longer, known or not.
     *
     * @param hint which kind to look for first
     * @return whether it was found
     */
    public Future<Report.Outcome> revoke(String token, Optional<String> hint, Caller caller) {
        TokenId id = TokenId.of(token);
        return TokenSearch.first(
                        TokenSearch.kinds(hint).stream()
                                .map(kind -> target(kind, id))
                                .toList(),
                        target -> logLine.ofSearched(
                                caller, new Revoke(target, caller.realms()), asked -> tokens.revoke(asked, token)))
                .compose(SilentRevocations::requireDone);
    }

    private Target.OneToken target(TokenKind kind, TokenId id) {
        return new Target.OneToken(kind, id, kind == TokenKind.REFRESH ? ofRefreshTokens : Extent.TOKEN);
    }

    private static Future<Report.Outcome> requireDone(Report report) {
        return report.errorCount() == 0
                ? Future.succeededFuture(report.outcome())
                : Future.failedFuture(Problem.damaged(
                        "token: its stored data are damaged (expected: as it was registered; revoke its user)"));
    }
}
