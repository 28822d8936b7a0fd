package io.revoker.jwt;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is demanded of the header {@code typ}. */
enum TypeRule {
    /** An access token by RFC 9068, section 2.1. */
    ACCESS_TOKEN("at+jwt"),
    JWT("JWT"),
    /** Anything, or nothing; but nothing that is signed for something else. */
    ANY("any"),
    /** A logout token, by OpenID Connect Back-Channel Logout 1.0, section 2.4. */
    LOGOUT_TOKEN("logout+jwt"),
    /** A security event token, by RFC 8417, section 2.3. */
    SECURITY_EVENT("secevent+jwt"),
    /** That of Okta: draft-parecki-oauth-global-token-revocation-06 demands nothing. */
    REVOCATION_REQUEST("global-token-revocation+jwt"),
    /** An assertion of a client: RFC 7523 demands nothing, its update client-authentication+jwt. */
    CLIENT_ASSERTION("client-authentication+jwt");

    /** Those that a realm may demand of its tokens. */
    static final List<String> NAMES =
            Stream.of(ACCESS_TOKEN, JWT, ANY).map(rule -> rule.name).toList();

    /** What an issuer, or a client, signs for another end: it is no token, whatever its claims. */
    private static final Set<TypeRule> NO_TOKENS =
            Set.of(LOGOUT_TOKEN, SECURITY_EVENT, REVOCATION_REQUEST, CLIENT_ASSERTION);

    private final String name;
    private final Pattern pattern;

    TypeRule(String name) {
        this.name = name;
        this.pattern = Pattern.compile("(?:application/)?" + Pattern.quote(name), Pattern.CASE_INSENSITIVE);
    }

    static Optional<TypeRule> named(String name) {
        return Arrays.stream(values())
                .filter(rule -> NAMES.contains(name) && rule.name.equals(name))
                .findFirst();
    }

    /** In upper or lower case, with or without {@code application/} (RFC 7515, section 4.1.9). */
    boolean admits(String type) {
        return (this == ANY && NO_TOKENS.stream().noneMatch(other -> other.isNamed(type)))
                || isNamed(type)
                || (this == CLIENT_ASSERTION && (type.isEmpty() || JWT.admits(type)));
    }

    private boolean isNamed(String type) {
        return pattern.matcher(type).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
