package io.revoker.http.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import io.revoker.domain.Problem;
import io.revoker.domain.RealmId;
import io.revoker.domain.UserInRealm;
import io.revoker.domain.UserName;
import io.revoker.http.RequestFields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The body of a registration, field by field; every error is a {@link Problem} that names the field and never quotes a
 * token.
 */
final class RegistrationRequest {
    private static final Set<String> FIELDS = Set.of(
            "realm_name",
            "username",
            "access_token",
            "refresh_token",
            "mint",
            "expires_in",
            "refresh_expires_in",
            "client_id",
            "session_id",
            "scope",
            "issued_at",
            "jti",
            "token_type",
            "cnf",
            "status_list");

    private final RequestFields fields;

    RegistrationRequest(JsonNode body) {
        this.fields = new RequestFields(body, FIELDS);
    }

    /**
     * Refuses names by which its tokens could not be revoked: the Invalidate Token API treats a blank name as absent.
     */
    UserInRealm holder(JwtClaims claims) {
        RealmId realm = new RealmId(name("realm_name", text("realm_name")));
        UserName user = new UserName(name("username", text("username").or(() -> claims.text("sub"))));
        requireNoBlank("realm_name", realm.hasOnlyBlanks());
        requireNoBlank("username", user.hasOnlyBlanks());
        return new UserInRealm(realm, user);
    }

    private static String name(String field, Optional<String> given) {
        String name = given.orElseThrow(() -> Problem.invalid(field + ": missing (expected: a string)"));
        requireNoBlank(field, name.isBlank());
        return name;
    }

    private static void requireNoBlank(String field, boolean blank) {
        if (blank) {
            throw Problem.invalid(field + ": blank (expected: a name)");
        }
    }

    /** The key that its access token is bound to. */
    KeyBinding confirmation(JwtClaims claims) {
        return fields.get("cnf").map(KeyBinding::ofField).orElseGet(claims::confirmation);
    }

    /** Its index in a status list, if it has one or is to get one. */
    WantedStatus status(JwtClaims claims) {
        return new WantedStatus(
                fields.get("status_list"),
                Optional.of(claims.payload().path("status")).filter(JsonNode::isObject));
    }

    /** These fields describe an access token, so they need one. */
    void refuseWithoutAccessToken() {
        for (String field : List.of("jti", "token_type", "cnf")) {
            if (fields.get(field).isPresent()) {
                throw Problem.invalid(field + ": given without access_token");
            }
        }
    }

    /** Absent if the field is missing or null. An empty string is not a value. */
    Optional<String> text(String field) {
        return fields.text(field);
    }

    OptionalLong seconds(String field) {
        return fields.get(field)
                .map(value -> OptionalLong.of(requireSeconds(field, value)))
                .orElseGet(OptionalLong::empty);
    }

    /** Whether the caller asks the service to mint this token. */
    boolean mints(String field) {
        return fields.get("mint").map(names -> contains(names, field)).orElse(false);
    }

    private static long requireSeconds(String field, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw Problem.invalid(field + ": not a whole number of seconds (expected: an integer of at most 64 bits,"
                    + " without fraction and exponent)");
        }
        return value.longValue();
    }

    private static boolean contains(JsonNode names, String field) {
        boolean found = false;
        for (JsonNode name : requireArray(names)) {
            String text = name.asText();
            if (!name.isTextual() || !(text.equals("access_token") || text.equals("refresh_token"))) {
                throw Problem.invalid("mint: an unknown name (expected: access_token, refresh_token)");
            }
            found |= text.equals(field);
        }
        return found;
    }

    private static JsonNode requireArray(JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            throw Problem.invalid("mint: not an array of names (expected: access_token, refresh_token)");
        }
        return value;
    }
}
