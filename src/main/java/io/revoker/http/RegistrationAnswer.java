package io.revoker.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.revoker.domain.Grant;
import io.revoker.domain.Grant.Granted;
import io.revoker.domain.Registration;
import java.time.Duration;
import java.util.Optional;

/** The answer to one registration: what was registered, or why it was not. */
final class RegistrationAnswer {
    private RegistrationAnswer() {}

    static DocumentAnswer of(RegistrationReader.Reading reading, Registration registration) {
        return switch (registration.outcome()) {
            case CREATED -> new DocumentAnswer(201, facts(reading, registration.grant()));
            case UNCHANGED -> new DocumentAnswer(200, facts(reading, registration.grant()));
            case CONFLICT -> DocumentAnswer.problem(409, "token: registered already, with other facts");
            case INVALIDATED ->
                DocumentAnswer.problem(409, "token: registered already, and invalidated (expected: a fresh token)");
        };
    }

    private static ObjectNode facts(RegistrationReader.Reading reading, Grant grant) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("realm_name", grant.holder().realm().value());
        out.put("username", grant.holder().user().value());
        reading.mintedAccess().ifPresent(token -> out.put("access_token", token));
        reading.mintedRefresh().ifPresent(token -> out.put("refresh_token", token));
        putLifetime(out, "expires_in", grant, grant.access());
        putLifetime(out, "refresh_expires_in", grant, grant.refresh());
        if (!grant.facts().clientId().isEmpty()) {
            out.put("client_id", grant.facts().clientId());
        }
        if (!grant.facts().scope().isEmpty()) {
            out.put("scope", grant.facts().scope());
        }
        return out.put("issued_at", grant.facts().issuedAt().getEpochSecond());
    }

    private static void putLifetime(ObjectNode out, String field, Grant grant, Optional<Granted> token) {
        token.ifPresent(granted -> out.put(
                field,
                Duration.between(grant.facts().issuedAt(), granted.expiresAt()).toSeconds()));
    }
}
