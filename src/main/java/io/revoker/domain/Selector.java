package io.revoker.domain;

import java.util.Optional;
import java.util.stream.Stream;

/** What some of the tokens of a realm or of a holder have in common. Its value is not empty. */
public record Selector(By by, String value) {

    /** The property. Marks are stored with the ordinals: new ones go to the end. */
    public enum By {
        CLIENT(0, "client_id"),
        /** The session that the user was in when the token was issued; a JWT's {@code sid}. */
        SESSION(1, "session_id"),
        /** Access or refresh tokens only; the value is {@link TokenKind#field}. */
        KIND(2, "token_type"),
        /** JWTs that were signed by one key: access tokens. */
        KEY(3, "kid");

        private final int number;
        private final String field;

        By(int number, String field) {
            this.number = number;
            this.field = field;
        }

        /** A part of the ids of its marks, from 0: never changes. */
        public int number() {
            return number;
        }

        /** Its name in a registration. */
        public String field() {
            return field;
        }
    }

    /**
     * As a caller asks for it. Validated here and not in the constructor, because an earlier version may have stored
     * tokens with values that are refused today.
     */
    public static Selector requested(By by, String value) {
        if (by == By.KIND && Stream.of(TokenKind.values()).map(TokenKind::field).noneMatch(value::equals)) {
            throw Problem.invalid(by.field() + ": unknown (expected: access_token or refresh_token)");
        }
        NameRules.required(by.field(), value);
        Grant.OAuthText.requireVisible(by.field(), value);
        return new Selector(by, value);
    }

    /** The value, if it can be asked for; otherwise it counts as absent. */
    public static Optional<String> usable(By by, String value) {
        try {
            return Optional.of(requested(by, value).value());
        } catch (Problem unfit) {
            return Optional.empty();
        }
    }

    /** All tokens of a kind. */
    public static Selector of(TokenKind kind) {
        return new Selector(By.KIND, kind.field());
    }

    /** Whether it selects tokens of that kind, of a grant that it selects. */
    public boolean includes(TokenKind kind) {
        return switch (by) {
            case CLIENT, SESSION -> true;
            case KIND -> value.equals(kind.field());
            case KEY -> kind == TokenKind.ACCESS;
        };
    }
}
