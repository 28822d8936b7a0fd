package io.revoker.http.single;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.RealmScope;
import io.revoker.domain.Target;
import io.revoker.domain.Target.Extent;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.http.RequestFields;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads which token a revocation names; every error is a {@link Problem} that never quotes a token.
 *
 * @param scope of the caller: only in it an error says whether the tokens of a realm need not be registered
 * @param time from which a JWT that is named by an id can live as long as its realm allows
 */
public record RevocationReader(TokenRevocations tokens, RealmScope scope, InstantSource time) {
    private static final String EITHER = "token";
    private static final String REFRESH = "refresh_token";
    private static final String HINT = "token_type_hint";
    private static final String REALM = "realm_name";
    private static final String JTI = "jti";
    private static final String ID = "token_id";
    private static final String GRANT = "grant";
    private static final Set<String> FIELDS = Set.of(EITHER, REFRESH, HINT, GRANT, REALM, JTI, ID);
    private static final String EXPECTED = " (expected: token, refresh_token, or realm_name with jti or token_id)";

    /**
     * What is named.
     *
     * @param targets in the order in which to try them
     * @param token its text; empty if it is named by an id
     */
    public record Named(List<? extends Target.Single> targets, String token) {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Named[targets=" + targets + "]";
        }
    }

    /** Reads one line of a stream. */
    public Named read(JsonNode line) {
        return read("body", line);
    }

    /**
     * Reads an object.
     *
     * @param place of the object in messages
     */
    public Named read(String place, JsonNode object) {
        RequestFields fields = new RequestFields(place, object, FIELDS);
        List<String> given = Stream.of(EITHER, REFRESH, JTI, ID)
                .filter(name -> fields.text(name).isPresent())
                .toList();
        if (given.size() > 1) {
            throw Problem.invalid(String.join(", ", given) + ": more than one given" + EXPECTED);
        }
        String name = given.stream()
                .findFirst()
                .orElseThrow(() -> Problem.invalid("token, refresh_token: both missing" + EXPECTED));
        String text = fields.text(name).orElseThrow();
        return switch (name) {
            case JTI, ID -> new Named(List.of(jwt(fields, name, text)), "");
            default -> registered(fields, name, text);
        };
    }

    private Target.OneJwt jwt(RequestFields fields, String name, String text) {
        refuse(fields, GRANT, name);
        refuse(fields, HINT, name);
        RealmId realm =
                new RealmId(fields.text(REALM).orElseThrow(() -> Problem.invalid("realm_name: missing" + EXPECTED)));
        if (!scope.covers(realm)) {
            throw Problem.forbidden("realm_name: outside of the caller's realms");
        }
        TokenId id = name.equals(JTI) ? TokenId.ofJti(realm, text) : new TokenId(text);
        return tokens.jwtOf(realm, id, time.instant());
    }

    /** A token is looked up as both kinds. The hint only decides which one is first. */
    private static Named registered(RequestFields fields, String name, String text) {
        refuse(fields, REALM, name);
        List<TokenKind> kinds =
                name.equals(REFRESH) ? List.of(TokenKind.REFRESH) : TokenSearch.kinds(fields.text(HINT));
        Extent extent = fields.get(GRANT).map(RevocationReader::extent).orElse(Extent.TOKEN);
        TokenId id = TokenId.of(text);
        return new Named(
                kinds.stream()
                        .map(kind -> new Target.OneToken(kind, id, extent))
                        .toList(),
                text);
    }

    private static Extent extent(JsonNode grant) {
        if (!grant.isBoolean()) {
            throw Problem.invalid("grant: not a boolean (expected: true or false)");
        }
        return grant.booleanValue() ? Extent.GRANT : Extent.TOKEN;
    }

    private static void refuse(RequestFields fields, String field, String name) {
        if (fields.get(field).isPresent()) {
            throw Problem.invalid(field + ": given with " + name + EXPECTED);
        }
    }
}
