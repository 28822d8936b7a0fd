package io.revoker.http.single;

import io.revoker.domain.Report;
import io.revoker.domain.Target;
import io.revoker.domain.TokenKind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Revokes a token whose kind the caller need not know: it is looked for as both, whatever the hint says (RFC 7009,
 * section 2.1).
 */
public final class TokenSearch {
    private TokenSearch() {}

    /** Both kinds, in the order in which to look for them. */
    public static List<TokenKind> kinds(Optional<String> hint) {
        return hint.equals(Optional.of(TokenKind.REFRESH.field()))
                ? List.of(TokenKind.REFRESH, TokenKind.ACCESS)
                : List.of(TokenKind.ACCESS, TokenKind.REFRESH);
    }

    /**
     * Revokes the first target that is found. If none is, it fails with the first failure: what could not be asked may
     * be there.
     *
     * @param targets at least one
     */
    public static <T extends Target> Future<Report> first(
            List<? extends T> targets, Function<T, Future<Report>> revoke) {
        List<? extends T> others = targets.subList(1, targets.size());
        Future<Report> asked = revoke.apply(targets.get(0));
        return asked.transform(
                done -> others.isEmpty() || isFound(asked) ? asked : others(asked, first(others, revoke)));
    }

    private static Future<Report> others(Future<Report> asked, Future<Report> others) {
        return others.transform(done -> asked.failed() && !isFound(others) ? asked : others);
    }

    private static boolean isFound(Future<Report> asked) {
        return asked.succeeded() && asked.result().outcome() != Report.Outcome.NOT_FOUND;
    }
}
