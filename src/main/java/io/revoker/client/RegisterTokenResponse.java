package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The grant as it is registered. */
public final class RegisterTokenResponse {
    private final boolean created;
    private final JsonFields body;
    private final String realmName;
    private final String username;
    private final Instant issuedAt;
    private final Optional<Duration> expiresIn;
    private final Optional<Duration> refreshExpiresIn;

    private RegisterTokenResponse(NodeResponse response) throws IOException {
        body = response.success();
        created = response.status() == 201;
        realmName = body.requiredText("realm_name");
        username = body.requiredText("username");
        issuedAt = Instant.EPOCH.plus(
                body.seconds("issued_at").orElseThrow(() -> JsonFields.unreadable("issued_at", "whole seconds")));
        expiresIn = body.seconds("expires_in");
        refreshExpiresIn = body.seconds("refresh_expires_in");
    }

    static RegisterTokenResponse decode(NodeResponse response) throws IOException {
        return new RegisterTokenResponse(response);
    }

    /** Whether it was registered by this request; otherwise it was there already. */
    public boolean isCreated() {
        return created;
    }

    public String realmName() {
        return realmName;
    }

    public String username() {
        return username;
    }

    public Optional<String> clientId() {
        return body.text("client_id");
    }

    public Optional<String> sessionId() {
        return body.text("session_id");
    }

    public Optional<String> scope() {
        return body.text("scope");
    }

    /** When the lifetimes begin. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** The life of the access token, if there is one. */
    public Optional<Duration> expiresIn() {
        return expiresIn;
    }

    /** The life of the refresh token, if there is one. */
    public Optional<Duration> refreshExpiresIn() {
        return refreshExpiresIn;
    }

    /** The access token, if the service minted it. It is returned this one time only. */
    public Optional<String> accessToken() {
        return body.text("access_token");
    }

    /** The refresh token, if the service minted it. It is returned this one time only. */
    public Optional<String> refreshToken() {
        return body.text("refresh_token");
    }

    /** Names the realm and the user, never a token. */
    @Override
    public String toString() {
        return "RegisterTokenResponse{created=" + created + ", realmName=" + realmName + ", username=" + username + "}";
    }
}
