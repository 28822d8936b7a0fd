package io.revoker.http.elastic;

import io.revoker.domain.Name;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.Target;
import io.revoker.domain.TokenId;
import io.revoker.domain.TokenKind;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import java.util.ArrayList;
import java.util.List;

/**
 * A well-formed body whose fields have not been checked against each other; an absent field is empty, as on the wire.
 */
record ParsedRequest(String token, String refreshToken, String realmName, String userName) {
    private static final String NO_TOKEN =
            "token string must be provided when not specifying a realm name or a username";
    private static final String TOKEN_STRING =
            "token string must not be provided when realm name or username is specified";
    private static final String TOKEN_TYPE = "token type must not be provided when realm name or username is specified";

    /**
     * The target that the request names. A token counts if it is not empty; a realm and a user count if at least one
     * of the two is not blank.
     *
     * @throws ElasticError if the fields contradict each other, name nothing, or a name is too long
     */
    Target validate() {
        List<String> messages = errors();
        if (!messages.isEmpty()) {
            throw RequestErrors.validationFailed(messages);
        }
        try {
            return namesHolders() ? holders() : oneToken();
        } catch (Problem tooLong) {
            throw ProblemErrors.of(tooLong);
        }
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "ParsedRequest[realmName=" + realmName + ", userName=" + userName + "]";
    }

    private List<String> errors() {
        List<String> messages = new ArrayList<>();
        if (!namesHolders()) {
            if (!namesToken()) {
                messages.add(NO_TOKEN);
            }
            return messages;
        }
        if (!tokenText().isBlank()) {
            messages.add(TOKEN_STRING);
        }
        if (namesToken()) {
            messages.add(TOKEN_TYPE);
        }
        return messages;
    }

    private boolean namesHolders() {
        return !realmName.isBlank() || !userName.isBlank();
    }

    private boolean namesToken() {
        return !tokenText().isEmpty();
    }

    /** The token that the request names; empty if it names none. */
    String tokenText() {
        return token.isEmpty() ? refreshToken : token;
    }

    private Target oneToken() {
        return new Target.OneToken(token.isEmpty() ? TokenKind.REFRESH : TokenKind.ACCESS, TokenId.of(tokenText()));
    }

    /** A blank user is no filter, but a blank realm is a realm that has no tokens: Elasticsearch searches this way. */
    private Target holders() {
        if (realmName.isEmpty()) {
            return new Target.OfUser(user());
        }
        if (userName.isBlank()) {
            return new Target.OfRealm(realm());
        }
        return new Target.OfUserInRealm(new UserInRealm(realm(), user()));
    }

    private RealmId realm() {
        RealmId realm = new RealmId(realmName);
        requireVisible("realm_name", realmName, realm);
        return realm;
    }

    private UserName user() {
        UserName user = new UserName(userName);
        requireVisible("username", userName, user);
        return user;
    }

    /**
     * Refuses names that consist only of joiners, or of blanks that Elasticsearch does not count as blank: no tokens
     * can be registered under them.
     */
    private static void requireVisible(String field, String text, Name name) {
        if (name.hasOnlyBlanks() && !text.isBlank()) {
            throw Problem.invalid(field + ": blank (expected: a name)");
        }
    }
}
