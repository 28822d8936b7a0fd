package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.http.RequestFields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which token a line of a stream of revocations names; every fault is a {@link Problem} that never repeats a token. */
final class RevocationReader {
    private static final String EITHER = "token";
    private static final String REFRESH = "refresh_token";
    private static final String HINT = "token_type_hint";
    private static final Set<String> FIELDS = Set.of(EITHER, REFRESH, HINT);

    private RevocationReader() {}

    /**
     * What it may be, one after the other: a token is looked for under both kinds, whatever the hint says (RFC 7009, section 2.1). The hint only says
     * which one is first.
     */
    static List<Target.OneToken> read(JsonNode line) {
        RequestFields fields = new RequestFields(line, FIELDS);
        Optional<String> token = fields.text(EITHER);
        Optional<String> refresh = fields.text(REFRESH);
        Optional<String> hint = fields.text(HINT);
        if (token.isPresent() && refresh.isPresent()) {
            throw Problem.invalid("token, refresh_token: both given (expected: one of them)");
        }
        return token.map(TokenId::of)
                .map(id -> hint.equals(Optional.of(REFRESH))
                        ? targets(id, TokenKind.REFRESH, TokenKind.ACCESS)
                        : targets(id, TokenKind.ACCESS, TokenKind.REFRESH))
                .or(() -> refresh.map(text -> targets(TokenId.of(text), TokenKind.REFRESH)))
                .orElseThrow(() -> Problem.invalid("token, refresh_token: both missing (expected: one of them)"));
    }

    private static List<Target.OneToken> targets(TokenId id, TokenKind... kinds) {
        return List.of(kinds).stream()
                .map(kind -> new Target.OneToken(kind, id))
                .toList();
    }
}
