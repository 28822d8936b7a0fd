package io.revoker.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Credential;
import io.revoker.domain.Token;
import io.revoker.domain.TokenType;
import java.util.Locale;

/** The members of a token that introspection and a batch of checks have in common; unknown facts have no member. */
public final class TokenFacts {
    private TokenFacts() {}

    public static void putScope(Token token, ObjectNode out) {
        put(out, "scope", token.facts().scope());
    }

    public static void putClient(Token token, ObjectNode out) {
        put(out, "client_id", token.facts().clientId());
    }

    public static void putSession(Token token, ObjectNode out) {
        put(out, "sid", token.facts().session());
    }

    /** The kind, and how the token must be presented: {@code token_use}, {@code token_type}, {@code cnf}. */
    public static void putUse(Token token, ObjectNode out) {
        Credential credential = token.facts().credential();
        if (credential.type() != TokenType.UNKNOWN) {
            out.put("token_type", credential.type().wireName());
        }
        out.put("token_use", token.kind().name().toLowerCase(Locale.ROOT));
        if (!credential.jkt().isEmpty() || !credential.x5t().isEmpty()) {
            ObjectNode confirmation = out.putObject("cnf");
            put(confirmation, "jkt", credential.jkt());
            put(confirmation, "x5t#S256", credential.x5t());
        }
    }

    public static void putId(Token token, ObjectNode out) {
        put(out, "jti", token.facts().credential().jti());
    }

    private static void put(ObjectNode out, String member, String value) {
        if (!value.isEmpty()) {
            out.put(member, value);
        }
    }
}
