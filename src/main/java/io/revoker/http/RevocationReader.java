package io.revoker.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import java.util.Optional;
import java.util.Set;

/** Reads which token a line of a stream of revocations names; every fault is a {@link Problem} that never repeats a token. */
final class RevocationReader {
    private static final String ACCESS = "token";
    private static final String REFRESH = "refresh_token";
    private static final Set<String> FIELDS = Set.of(ACCESS, REFRESH);

    private RevocationReader() {}

    static Target.OneToken read(JsonNode line) {
        RequestFields fields = new RequestFields(line, FIELDS);
        Optional<String> access = fields.text(ACCESS);
        Optional<String> refresh = fields.text(REFRESH);
        if (access.isPresent() && refresh.isPresent()) {
            throw Problem.invalid("token, refresh_token: both given (expected: one of them)");
        }
        return access.map(token -> new Target.OneToken(TokenKind.ACCESS, TokenId.of(token)))
                .or(() -> refresh.map(token -> new Target.OneToken(TokenKind.REFRESH, TokenId.of(token))))
                .orElseThrow(() -> Problem.invalid("token, refresh_token: both missing (expected: one of them)"));
    }
}
