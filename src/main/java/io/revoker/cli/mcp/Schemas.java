package io.revoker.cli.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of the tools, as JSON Schema. */
final class Schemas {
    static final Map<String, Object> NOTHING = object(Map.of());
    static final Map<String, Object> HOLDER = object(
            Map.of(
                    "realm_name", text("the realm"),
                    "username", text("the user"),
                    "after", text("the \"next\" of the list before, for those that follow")),
            "username");
    static final Map<String, Object> APPROVAL =
            object(Map.of("approval", text("that of the preview which the person has agreed to")), "approval");
    static final Map<String, Object> REVOCATION = object(
            Map.of(
                    "target", target(),
                    "issued_before",
                            text("only tokens that were issued before this time, such as 2026-11-22T12:00:00Z"),
                    "reason", reason()),
            "target");

    private Schemas() {}

    private static Map<String, Object> target() {
        Map<String, Object> target = new LinkedHashMap<>(object(Map.of(
                "realm_name", text("all tokens of this realm, or what else is named, in this realm"),
                "username", text("the tokens of this user, in every realm if none is named"),
                "client_id", text("the tokens that this OAuth client got"),
                "session_id", text("the tokens of this session of the user"),
                "kid", text("the JWTs that this key has signed"),
                "jti", text("the one JWT with this id"),
                "all", Map.of("type", "boolean", "const", true, "description", "every token of every realm"))));
        target.put("minProperties", 1);
        return target;
    }

    private static Map<String, Object> reason() {
        return object(Map.of(
                "code", text("such as compromise or logout"),
                "text", Map.of("type", "string", "maxLength", 256, "description", "why, for the log")));
    }

    private static Map<String, Object> text(String description) {
        return Map.of("type", "string", "minLength", 1, "description", description);
    }

    private static Map<String, Object> object(Map<String, Object> properties, String... required) {
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.of(required),
                "additionalProperties",
                false);
    }
}
