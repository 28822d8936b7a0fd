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

/** A well-formed body whose fields are not yet weighed against each other; an absent field is empty, as on the wire. */
record ParsedRequest(String token, String refreshToken, String realmName, String userName) {
    private static final String NO_TOKEN =
            "token string must be provided when not specifying a realm name or a username";
    private static final String TOKEN_STRING =
            "token string must not be provided when realm name or username is specified";
    private static final String TOKEN_TYPE = "token type must not be provided when realm name or username is specified";

    /**
     * What the request names. A token counts if it is not empty; a realm or a user, if one of the two is not blank.
     *
     * @throws ElasticFault if the fields contradict each other, name nothing, or a name is too long
     */
    Target validate() {
        List<String> messages = faults();
        if (!messages.isEmpty()) {
            throw RequestFaults.validationFailed(messages);
        }
        try {
            return namesHolders() ? holders() : oneToken();
        } catch (Problem tooLong) {
            throw ProblemFaults.of(tooLong);
        }
    }

    /** Leaves the tokens out. */
    @Override
    public String toString() {
        return "ParsedRequest[realmName=" + realmName + ", userName=" + userName + "]";
    }

    private List<String> faults() {
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

    private String tokenText() {
        return token.isEmpty() ? refreshToken : token;
    }

    private Target oneToken() {
        return new Target.OneToken(token.isEmpty() ? TokenKind.REFRESH : TokenKind.ACCESS, TokenId.of(tokenText()));
    }

    /** A blank user is no filter, but a blank realm is a realm that has no tokens: so Elasticsearch searches. */
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

    /** Nobody can be registered under a name of joiners or of other blanks than Elasticsearch knows. */
    private static void requireVisible(String field, String text, Name name) {
        if (name.hasOnlyBlanks() && !text.isBlank()) {
            throw Problem.invalid(field + ": blank (expected: a name)");
        }
    }
}
