package io.revoker.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tokens of one grant to a user in a realm: those that exist, and those that the service shall mint. */
public final class RegisterTokenRequest {
    private final Map<String, Object> fields;

    private RegisterTokenRequest(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Starts the request for a grant to this user in this realm.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static Builder builder(String realmName, String username) {
        return new Builder().text("realm_name", realmName).text("username", username);
    }

    Map<String, Object> fields() {
        return fields;
    }

    /** Names the realm and the user, never a token. */
    @Override
    public String toString() {
        return "RegisterTokenRequest{realm_name=" + fields.get("realm_name") + ", username=" + fields.get("username")
                + "}";
    }

    /** Collects what is known of a grant. What is not set is decided by the service. */
    public static final class Builder {
        private static final String ACCESS = "access_token";
        private static final String REFRESH = "refresh_token";

        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Map<String, Object> confirmation = new LinkedHashMap<>();
        private final Set<String> mint = new TreeSet<>();

        private Builder() {}

        /** An access token that exists. */
        public Builder accessToken(String token) {
            return text(ACCESS, token);
        }

        /** A refresh token that exists. */
        public Builder refreshToken(String token) {
            return text(REFRESH, token);
        }

        /** Lets the service make the access token; the response holds it. */
        public Builder mintAccessToken() {
            mint.add(ACCESS);
            return this;
        }

        /** Lets the service make the refresh token; the response holds it. */
        public Builder mintRefreshToken() {
            mint.add(REFRESH);
            return this;
        }

        /** The life of the access token, in whole seconds. */
        public Builder expiresIn(Duration life) {
            return set("expires_in", wholeSeconds("expires_in", life));
        }

        /** The life of the refresh token, in whole seconds. */
        public Builder refreshExpiresIn(Duration life) {
            return set("refresh_expires_in", wholeSeconds("refresh_expires_in", life));
        }

        public Builder clientId(String clientId) {
            return text("client_id", clientId);
        }

        /** The session of the user, whose tokens can be revoked together. */
        public Builder sessionId(String sessionId) {
            return text("session_id", sessionId);
        }

        /** Separated by spaces. */
        public Builder scope(String scope) {
            return text("scope", scope);
        }

        /** From when the lives count; parts of a second are dropped. */
        public Builder issuedAt(Instant instant) {
            return set("issued_at", instant.getEpochSecond());
        }

        /** The id that the access token has. */
        public Builder jti(String id) {
            return text("jti", id);
        }

        /** How the access token is presented: {@code Bearer} or {@code DPoP}. */
        public Builder tokenType(String type) {
            return text("token_type", type);
        }

        /**
         * Binds the access token to a key, by its SHA-256 thumbprint in base64url (DPoP, RFC 9449): it is no bearer
         * token then.
         */
        public Builder keyThumbprint(String jkt) {
            return confirmation("jkt", jkt);
        }

        /** Binds the access token to a client certificate, by its SHA-256 thumbprint in base64url (RFC 8705). */
        public Builder certificateThumbprint(String x5t) {
            return confirmation("x5t#S256", x5t);
        }

        private Builder confirmation(String member, String thumbprint) {
            confirmation.put(member, Require.text(thumbprint, member + " is required"));
            return this;
        }

        /**
         * Ends the request.
         *
         * @throws IllegalArgumentException if there is no token, neither given nor to be minted
         */
        public RegisterTokenRequest build() {
            if (mint.isEmpty() && !fields.containsKey(ACCESS) && !fields.containsKey(REFRESH)) {
                throw new IllegalArgumentException("access_token, refresh_token: none (expected: at least one)");
            }
            Map<String, Object> all = new LinkedHashMap<>(fields);
            if (!mint.isEmpty()) {
                all.put("mint", List.copyOf(mint));
            }
            if (!confirmation.isEmpty()) {
                all.put("cnf", new LinkedHashMap<>(confirmation));
            }
            return new RegisterTokenRequest(all);
        }

        private Builder text(String name, String value) {
            return set(name, Require.text(value, name + " is required"));
        }

        private Builder set(String name, Object value) {
            fields.put(name, value);
            return this;
        }

        private static long wholeSeconds(String name, Duration life) {
            if (life.getSeconds() < 1 || life.getNano() != 0) {
                throw new IllegalArgumentException(name + ": " + life + " (expected: whole seconds, at least PT1S)");
            }
            return life.getSeconds();
        }
    }
}
