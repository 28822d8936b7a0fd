package io.revoker.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to invalidate: one access token, one refresh token, or all tokens of a realm, of a user, or of a user in a
 * realm. Its methods and the messages of its errors are those of the request of the same name in Elasticsearch's High
 * Level REST Client.
 */
public final class InvalidateTokenRequest {
    private final @Nullable String accessToken;
    private final @Nullable String refreshToken;
    private final @Nullable String realmName;
    private final @Nullable String username;

    /**
     * Either a single token or a realm, a user or both; the others are null.
     *
     * @throws IllegalArgumentException if it is neither, or more than that
     */
    public InvalidateTokenRequest(
            @Nullable String accessToken,
            @Nullable String refreshToken,
            @Nullable String realmName,
            @Nullable String username) {
        if (Require.hasText(realmName) || Require.hasText(username)) {
            requireNoToken(accessToken, refreshToken);
        } else {
            requireOneToken(accessToken, refreshToken);
        }
        this.accessToken = accessToken;
        this.refreshToken = refreshToken;
        this.realmName = realmName;
        this.username = username;
    }

    /**
     * This access token.
     *
     * @throws IllegalArgumentException if the token is empty
     */
    public static InvalidateTokenRequest accessToken(String accessToken) {
        return new InvalidateTokenRequest(Require.text(accessToken, "token is required"), null, null, null);
    }

    /**
     * This refresh token.
     *
     * @throws IllegalArgumentException if the token is empty
     */
    public static InvalidateTokenRequest refreshToken(String refreshToken) {
        return new InvalidateTokenRequest(null, Require.text(refreshToken, "refresh_token is required"), null, null);
    }

    /**
     * All tokens of a realm.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static InvalidateTokenRequest realmTokens(String realmName) {
        return new InvalidateTokenRequest(null, null, Require.text(realmName, "realm name is required"), null);
    }

    /**
     * All tokens of a user, in every realm.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public static InvalidateTokenRequest userTokens(String username) {
        return new InvalidateTokenRequest(null, null, null, Require.text(username, "username is required"));
    }

    /**
     * All tokens of a user in one realm.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static InvalidateTokenRequest userInRealmTokens(String realmName, String username) {
        return new InvalidateTokenRequest(
                null,
                null,
                Require.text(realmName, "realm name is required"),
                Require.text(username, "username is required"));
    }

    public @Nullable String getAccessToken() {
        return accessToken;
    }

    public @Nullable String getRefreshToken() {
        return refreshToken;
    }

    public @Nullable String getRealmName() {
        return realmName;
    }

    public @Nullable String getUsername() {
        return username;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        putPresent(fields, "token", accessToken);
        putPresent(fields, "refresh_token", refreshToken);
        putPresent(fields, "realm_name", realmName);
        putPresent(fields, "username", username);
        return fields;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InvalidateTokenRequest that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** Names the realm and the user, never a token. */
    @Override
    public String toString() {
        Map<String, Object> shown = fields();
        shown.computeIfPresent("token", (name, token) -> "hidden");
        shown.computeIfPresent("refresh_token", (name, token) -> "hidden");
        return "InvalidateTokenRequest" + shown;
    }

    private static void requireNoToken(@Nullable String accessToken, @Nullable String refreshToken) {
        if (Require.hasText(accessToken)) {
            throw new IllegalArgumentException("access token is not allowed when realm name or username are specified");
        }
        if (refreshToken != null) {
            throw new IllegalArgumentException(
                    "refresh token is not allowed when realm name or username are specified");
        }
    }

    private static void requireOneToken(@Nullable String accessToken, @Nullable String refreshToken) {
        if (Require.isEmpty(accessToken) && Require.isEmpty(refreshToken)) {
            throw new IllegalArgumentException(
                    "Either access token or refresh token is required when neither realm name or username are specified");
        }
        if (!Require.isEmpty(accessToken) && !Require.isEmpty(refreshToken)) {
            throw new IllegalArgumentException("Cannot supply both access token and refresh token");
        }
    }

    private static void putPresent(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
