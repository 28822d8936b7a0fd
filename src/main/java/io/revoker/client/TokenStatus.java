package io.revoker.client;

import io.revoker.client.internal.JsonFields;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** What the service knows of a token (RFC 7662 section 2.2). If a token is not active, every other field is empty. */
public final class TokenStatus {
    private final boolean active;
    private final JsonFields body;
    private final Optional<Instant> expiresAt;
    private final Optional<Instant> issuedAt;

    private TokenStatus(JsonFields body) throws IOException {
        this.body = body;
        this.active = body.requiredFlag("active");
        this.expiresAt = body.seconds("exp").map(Instant.EPOCH::plus);
        this.issuedAt = body.seconds("iat").map(Instant.EPOCH::plus);
    }

    static TokenStatus decode(NodeResponse response) throws IOException {
        return new TokenStatus(response.success());
    }

    /** Whether the token is known, has not expired and has not been invalidated. */
    public boolean isActive() {
        return active;
    }

    public Optional<String> username() {
        return body.text("username");
    }

    public Optional<String> realm() {
        return body.text("realm_name");
    }

    public Optional<String> clientId() {
        return body.text("client_id");
    }

    public Optional<String> sessionId() {
        return body.text("sid");
    }

    /** Separated by spaces. */
    public Optional<String> scope() {
        return body.text("scope");
    }

    /** In whole seconds. */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** In whole seconds. */
    public Optional<Instant> issuedAt() {
        return issuedAt;
    }

    /** {@code Bearer} or {@code DPoP}, if that is known. */
    public Optional<String> tokenType() {
        return body.text("token_type");
    }

    /**
     * {@code access} or {@code refresh}. Callers without the privilege to check refresh tokens see them as not active.
     */
    public Optional<String> tokenUse() {
        return body.text("token_use");
    }

    /** The id that the token was registered with. */
    public Optional<String> jti() {
        return body.text("jti");
    }

    /** Of the key whose possession must be proved along with the token (DPoP, RFC 9449). */
    public Optional<String> keyThumbprint() {
        return confirmation("jkt");
    }

    /** Of the client certificate that the token must come with (RFC 8705). */
    public Optional<String> certificateThumbprint() {
        return confirmation("x5t#S256");
    }

    private Optional<String> confirmation(String member) {
        return body.object("cnf").flatMap(confirmation -> confirmation.text(member));
    }

    @Override
    public String toString() {
        return "TokenStatus{active=" + active + "}";
    }
}
